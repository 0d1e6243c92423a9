package io.jwtrawl.git.objects;

import io.jwtrawl.source.GitObjectType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// The objects of a repository, and of those that it borrows from. Shared by threads, each with an [ObjectReader] of its
/// own.
public final class ObjectDatabase implements ObjectSource {

    private static final int MAX_ALTERNATES = 1024 * 1024;

    /// As many as Git follows from one to the next.
    private static final int MAX_BORROWING = 6;

    private static final String INDEX = ".idx";
    private static final String PACK = ".pack";
    private static final String MULTI = "multi-pack-index";

    private final HashFormat format;
    private final List<Pack> packs = new ArrayList<>();
    private final List<LooseObjects> loose = new ArrayList<>();
    private final IndexMemory memory = new IndexMemory();
    private boolean promised;
    private final AtomicInteger users = new AtomicInteger(1);

    private ObjectDatabase(HashFormat format) {
        this.format = format;
    }

    /// @param objects the folder `objects` of the repository
    /// @param borrowed where more objects are, beside what the repository itself borrows
    /// @param problems learns of packs, indexes and alternates that cannot be used
    /// @throws IOException if `objects` or `borrowed` cannot
    public static ObjectDatabase open(
            Path objects, List<Path> borrowed, HashFormat format, FileProblems problems)
            throws IOException {
        var database = new ObjectDatabase(format);
        try {
            Set<Path> known = new HashSet<>();
            database.addWithAlternates(objects, known, problems);
            for (Path folder : borrowed) {
                database.addWithAlternates(folder, known, problems);
            }
        } catch (IOException | RuntimeException e) {
            database.close();
            throw e;
        }
        return database;
    }

    /// The objects of one pack alone.
    static ObjectDatabase of(Pack pack) {
        var database = new ObjectDatabase(pack.format());
        database.packs.add(pack);
        return database;
    }

    @Override
    public HashFormat format() {
        return format;
    }

    /// Those that can be read.
    public List<Pack> packs() {
        return packs;
    }

    List<LooseObjects> loose() {
        return loose;
    }

    /// Whether one pack holds all objects, and none was left to be fetched when somebody asks for it.
    public boolean isOnePack() {
        if (packs.size() != 1 || promised || loose.size() != 1) {
            return false;
        }
        var ids = new ArrayList<ObjectId>();
        loose.getFirst().list(ids, (_, _) -> {});
        return ids.isEmpty();
    }

    /// Whether the object is there, be it readable or not.
    public boolean contains(ObjectId id) {
        for (Pack pack : packs) {
            if (pack.names().find(id.raw()) >= 0) {
                return true;
            }
        }
        for (LooseObjects folder : loose) {
            if (folder.contains(id)) {
                return true;
            }
        }
        return false;
    }

    /// The objects whose ids begin with `digits`, in lower case.
    Set<ObjectId> beginningWith(String digits) {
        Set<ObjectId> found = new HashSet<>();
        for (Pack pack : packs) {
            PackNames names = pack.names();
            int low = 0;
            int high = names.count();
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (names.id(middle).name().compareTo(digits) < 0) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            while (low < names.count() && names.id(low).name().startsWith(digits)) {
                found.add(names.id(low++));
            }
        }
        for (ObjectId id : looseIds()) {
            if (id.name().startsWith(digits)) {
                found.add(id);
            }
        }
        return found;
    }

    /// Tells of every commit, whatever leads to it. One whose type cannot be read is left out.
    public void forEachCommit(Consumer<ObjectId> told) {
        for (Pack pack : packs) {
            try (var reader = new PackReader(pack)) {
                PackForest forest = PackForest.of(pack);
                forest.readHeaders(0, forest.count(), reader);
                forest.build();
                for (int entry = 0; entry < forest.count(); entry++) {
                    if (forest.type(entry) == EntryType.COMMIT) {
                        told.accept(forest.id(entry));
                    }
                }
            } catch (IOException | RuntimeException e) {
                // Whoever searches the pack tells.
            }
        }
        var ids = new ArrayList<ObjectId>();
        for (LooseObjects folder : loose) {
            folder.list(ids, (_, _) -> {});
            for (ObjectId id : ids) {
                try (LooseObjects.Open open = folder.open(id)) {
                    if (open.type() == GitObjectType.COMMIT) {
                        told.accept(id);
                    }
                } catch (IOException | RuntimeException e) {
                    // Likewise.
                }
            }
            ids.clear();
        }
    }

    /// The names of its packs, without endings.
    public Set<String> packNames() {
        Set<String> names = new HashSet<>();
        for (Pack pack : packs) {
            names.add(stem(pack.name(), PACK));
        }
        return names;
    }

    /// The objects that have files of their own.
    public Set<ObjectId> looseIds() {
        var ids = new ArrayList<ObjectId>();
        for (LooseObjects folder : loose) {
            folder.list(ids, (_, _) -> {});
        }
        return new HashSet<>(ids);
    }

    @Override
    public ObjectReader newReader() {
        return new ObjectReader(this);
    }

    @Override
    public ObjectDatabase share() {
        users.incrementAndGet();
        return this;
    }

    private void addWithAlternates(Path folder, Set<Path> known, FileProblems problems)
            throws IOException {
        requireFolder(folder);
        if (known.add(folder.toRealPath())) {
            add(folder, problems);
            addAlternates(folder, 0, known, problems);
        }
    }

    private static void requireFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("not a folder");
        }
    }

    private void add(Path folder, FileProblems problems) throws IOException {
        loose.add(new LooseObjects(folder, format));
        Path inPacks = folder.resolve("pack");
        if (Files.isDirectory(inPacks)) {
            addPacks(inPacks, problems);
        }
    }

    private void addPacks(Path folder, FileProblems problems) {
        Set<String> names = new HashSet<>();
        for (Path file : Folder.list(folder, problems)) {
            names.add(String.valueOf(file.getFileName()));
        }
        Map<String, PackNames> shares = Map.of();
        List<String> sorted = new ArrayList<>(names);
        sorted.sort(Comparator.naturalOrder());
        for (String name : sorted) {
            if (!name.endsWith(PACK)) {
                promised |= name.endsWith(".promisor");
                if (name.endsWith(INDEX) && !names.contains(stem(name, INDEX) + PACK)) {
                    problems.unreadable(
                            folder.resolve(name), new IOException("an index without a pack"));
                }
                continue;
            }
            String indexName = stem(name, PACK) + INDEX;
            Path index = folder.resolve(indexName);
            Path file = folder.resolve(name);
            try {
                requireFile(file);
                if (!names.contains(indexName) && names.contains(MULTI) && shares.isEmpty()) {
                    requireFile(folder.resolve(MULTI));
                    shares = MultiPackIndex.open(folder.resolve(MULTI), format).packs();
                }
                PackNames share = shares.get(indexName);
                if (names.contains(indexName) || share == null) {
                    requireFile(index);
                    share = PackIndex.open(index, format, memory);
                }
                packs.add(Pack.open(file, format, share));
            } catch (IOException | RuntimeException e) {
                problems.unreadable(file, e);
            }
        }
    }

    private static String stem(String name, String ending) {
        return name.substring(0, name.length() - ending.length());
    }

    private static void requireFile(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(
                    file.getFileName()
                            + (Files.exists(file) ? " is not a regular file" : " is missing"));
        }
    }

    private void addAlternates(Path objects, int depth, Set<Path> known, FileProblems problems) {
        Path list = objects.resolve("info").resolve("alternates");
        if (!Files.exists(list)) {
            return;
        }
        List<String> lines;
        try {
            requireFile(list);
            if (Files.size(list) > MAX_ALTERNATES) {
                throw new IOException("larger than " + MAX_ALTERNATES + " bytes");
            }
            lines = Files.readString(list, StandardCharsets.UTF_8).lines().toList();
            if (depth == MAX_BORROWING && !lines.isEmpty()) {
                throw new IOException("more than " + MAX_BORROWING + " after one another");
            }
        } catch (IOException e) {
            problems.unreadable(list, e);
            return;
        }
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            try {
                Path alternate = objects.resolve(line).normalize();
                requireFolder(alternate);
                if (known.add(alternate.toRealPath())) {
                    add(alternate, problems);
                    addAlternates(alternate, depth + 1, known, problems);
                }
            } catch (IOException | InvalidPathException e) {
                problems.unreadable(list, new IOException("no objects at " + line, e));
            }
        }
    }

    @Override
    public void close() {
        if (users.decrementAndGet() == 0) {
            packs.forEach(Pack::close);
        }
    }
}
