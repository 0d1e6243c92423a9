package io.jwtrawl.git;

import io.jwtrawl.git.objects.BadObjectException;
import io.jwtrawl.git.objects.HashFormat;
import io.jwtrawl.git.objects.ObjectSource;
import io.jwtrawl.git.objects.StoredObject;
import io.jwtrawl.source.Content;
import io.jwtrawl.source.GitObjectType;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.storage.file.WindowCacheConfig;
import org.eclipse.jgit.util.FS;

/// The objects of a repository, and of those that it borrows from, as JGit reads them: the other way to read them, for
/// what [GitRepository#objects] does not understand. All that JGit is asked to open on disk, and looked at before: only
/// regular files.
final class ObjectStore implements ObjectSource {

    private static final int MIB = 1024 * 1024;

    /// Objects up to this size are read in one piece, and deltas of any size, as far as memory goes.
    private static final int STREAM_ABOVE = 64 * MIB;

    private static final int MAX_ALTERNATES = MIB;

    /// As many as Git follows from one to the next.
    private static final int MAX_BORROWING = 6;

    /// How ids are written, made into those that JGit has.
    static final IdText<ObjectId> IDS =
            new IdText<>(Constants.OBJECT_ID_STRING_LENGTH, ObjectId::fromString);

    private static final Pattern PACK_NAME = Pattern.compile("pack-.*\\.(pack|idx)");

    static {
        IsolatedSystemReader.install();
        var windows = new WindowCacheConfig();
        windows.setPackedGitLimit(32L * MIB);
        windows.setPackedGitWindowSize(64 * 1024);
        windows.setDeltaBaseCacheLimit(48 * MIB);
        windows.setStreamFileThreshold(STREAM_ABOVE);
        windows.install();
    }

    private final List<ObjectDirectory> folders = new ArrayList<>();
    private final Set<ObjectId> refused = new HashSet<>();
    private final Set<ObjectId> shallow;

    private final AtomicInteger users = new AtomicInteger(1);

    private ObjectStore(Set<ObjectId> shallow) {
        this.shallow = shallow;
    }

    /// @param borrowed where more objects are
    /// @param shallow the commits whose parents are not there, and need not be
    /// @param problems learns of the alternates that cannot be used
    /// @throws IOException if `objects` cannot
    static ObjectStore open(
            Path objects, List<Path> borrowed, Set<ObjectId> shallow, Problems problems)
            throws IOException {
        var store = new ObjectStore(shallow);
        store.add(objects);
        Set<Path> known = new HashSet<>(Set.of(objects.toRealPath()));
        store.addAlternates(objects, 0, known, problems);
        for (Path folder : borrowed) {
            if (known.add(folder.toRealPath())) {
                store.add(folder);
                store.addAlternates(folder, 0, known, problems);
            }
        }
        return store;
    }

    @Override
    public HashFormat format() {
        return HashFormat.SHA1;
    }

    @Override
    public ObjectStore share() {
        users.incrementAndGet();
        return this;
    }

    @Override
    public void close() {
        if (users.decrementAndGet() == 0) {
            folders.forEach(ObjectDirectory::close);
        }
    }

    @Override
    public Reader newReader() {
        return new Reader(folders.stream().map(ObjectDirectory::newReader).toList());
    }

    /// The commits whose parents are not there, and need not be.
    Set<ObjectId> shallow() {
        return shallow;
    }

    private void add(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("not a folder");
        }
        Path packs = folder.resolve("pack");
        if (Files.isDirectory(packs)) {
            for (Path file : irregular(packs)) {
                if (PACK_NAME.matcher(file.getFileName().toString()).matches()) {
                    throw new IOException(file.getFileName() + " is not a regular file");
                }
            }
        }
        for (int first = 0; first < 256; first++) {
            String digits = String.format("%02x", first);
            Path loose = folder.resolve(digits);
            if (Files.isDirectory(loose)) {
                for (Path file : irregular(loose)) {
                    String name = digits + file.getFileName();
                    if (ObjectId.isId(name)) {
                        refused.add(ObjectId.fromString(name));
                    }
                }
            }
        }
        folders.add(new ObjectDirectory(config(), folder.toFile(), new File[0], FS.DETECTED, null));
    }

    /// What lies in `folder` and is neither a file nor a link to one.
    private static List<Path> irregular(Path folder) throws IOException {
        List<Path> irregular = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (!Files.isRegularFile(file)) {
                    irregular.add(file);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return irregular;
    }

    private void addAlternates(Path objects, int depth, Set<Path> known, Problems problems) {
        Path list = objects.resolve(Constants.INFO_ALTERNATES);
        List<String> lines;
        try {
            lines = GitFiles.lines(list, MAX_ALTERNATES).orElse(List.of());
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
                if (known.add(alternate.toRealPath())) {
                    add(alternate);
                    addAlternates(alternate, depth + 1, known, problems);
                }
            } catch (IOException | InvalidPathException e) {
                problems.unreadable(list, new IOException("no objects at " + line, e));
            }
        }
    }

    /// Ours, not the repository's.
    private static Config config() {
        var config = new Config();
        config.setBoolean(
                ConfigConstants.CONFIG_CORE_SECTION,
                null,
                ConfigConstants.CONFIG_KEY_MULTIPACKINDEX,
                false);
        return config;
    }

    private static ObjectId jgit(io.jwtrawl.git.objects.ObjectId id) {
        return ObjectId.fromString(id.name());
    }

    private static GitObjectType type(int type) throws BadObjectException {
        return switch (type) {
            case Constants.OBJ_BLOB -> GitObjectType.BLOB;
            case Constants.OBJ_TREE -> GitObjectType.TREE;
            case Constants.OBJ_COMMIT -> GitObjectType.COMMIT;
            case Constants.OBJ_TAG -> GitObjectType.TAG;
            default -> throw new BadObjectException("an object of no known type");
        };
    }

    /// JGit's message names the object, which whoever reads it knows.
    private static IOException missing(MissingObjectException e) {
        var missing = new io.jwtrawl.git.objects.MissingObjectException();
        missing.initCause(e);
        return missing;
    }

    /// Looks into one folder after the other, first where the latest object was.
    final class Reader extends ObjectReader implements ObjectSource.Reader {
        private final List<ObjectReader> readers;
        private int latest;

        Reader(List<ObjectReader> readers) {
            this.readers = readers;
        }

        @Override
        public ObjectLoader open(AnyObjectId id, int typeHint) throws IOException {
            if (refused.contains(id)) {
                throw new IOException("not a regular file");
            }
            Optional<MissingObjectException> missing = Optional.empty();
            for (int i = 0; i < readers.size(); i++) {
                int index = (latest + i) % readers.size();
                try {
                    ObjectLoader loader = readers.get(index).open(id, typeHint);
                    latest = index;
                    return loader;
                } catch (MissingObjectException e) {
                    missing = Optional.of(e);
                }
            }
            throw missing.orElseThrow();
        }

        @Override
        public HashFormat format() {
            return HashFormat.SHA1;
        }

        @Override
        public StoredObject read(io.jwtrawl.git.objects.ObjectId id) throws IOException {
            try {
                ObjectLoader loader = open(jgit(id), OBJ_ANY);
                return new StoredObject(type(loader.getType()), loader.getCachedBytes());
            } catch (MissingObjectException e) {
                throw missing(e);
            }
        }

        @Override
        public Content blob(io.jwtrawl.git.objects.ObjectId id) throws IOException {
            try {
                ObjectLoader loader = open(jgit(id), Constants.OBJ_BLOB);
                return loader.isLarge()
                        ? new Content.Streamed(loader::openStream)
                        : new Content.InMemory(loader.getCachedBytes());
            } catch (MissingObjectException e) {
                throw missing(e);
            }
        }

        @Override
        public boolean has(io.jwtrawl.git.objects.ObjectId id) throws IOException {
            return has(jgit(id));
        }

        @Override
        public Set<io.jwtrawl.git.objects.ObjectId> beginningWith(String digits)
                throws IOException {
            Set<io.jwtrawl.git.objects.ObjectId> found = new HashSet<>();
            for (ObjectId id : resolve(AbbreviatedObjectId.fromString(digits))) {
                found.add(io.jwtrawl.git.objects.ObjectId.fromString(id.name()));
            }
            return found;
        }

        @Override
        public Set<ObjectId> getShallowCommits() {
            return shallow;
        }

        @Override
        public Reader newReader() {
            return ObjectStore.this.newReader();
        }

        @Override
        public Collection<ObjectId> resolve(AbbreviatedObjectId id) throws IOException {
            Set<ObjectId> found = new HashSet<>();
            for (ObjectReader reader : readers) {
                found.addAll(reader.resolve(id));
            }
            return found;
        }

        @Override
        public void close() {
            readers.forEach(ObjectReader::close);
        }
    }
}
