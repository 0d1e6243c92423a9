package io.jwtrawl.git;

import io.jwtrawl.git.objects.HashFormat;
import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.git.objects.ObjectSource;
import io.jwtrawl.git.objects.StoredObject;
import io.jwtrawl.source.GitObjectType;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;

/// What Git shows in place of some objects: the replacements below `refs/replace`, and commits with the parents that
/// `info/grafts` gives them. Both are searched, what is shown and what is hidden; but who introduced what is told by what
/// is shown.
final class Overlay {

    private static final String R_REPLACE = Constants.R_REFS + "replace/";
    private static final int MAX_GRAFTS = 16 * 1024 * 1024;

    /// As many as Git follows from one to the next.
    private static final int MAX_REPLACING = 5;

    private Overlay() {}

    /// Whether anything is shown in another's place.
    static boolean isThere(GitRepository location) {
        return !replacements(location).isEmpty()
                || !grafts(location, Problems.TOLD_ALREADY).isEmpty();
    }

    /// Whether [#isThere] is worth asking, which reads all refs.
    static boolean isMaybeThere(GitRepository location) {
        return GitFiles.exists(location.commonFile("info/grafts"))
                || hasLooseReplacement(location)
                || hasPackedReplacement(location);
    }

    private static boolean hasLooseReplacement(GitRepository location) {
        Path folder = location.commonFile(R_REPLACE);
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            return entries.iterator().hasNext();
        } catch (IOException | DirectoryIteratorException e) {
            return true; // whoever reads the refs tells
        }
    }

    private static boolean hasPackedReplacement(GitRepository location) {
        Path file = location.commonFile(Constants.PACKED_REFS);
        try {
            if (!GitFiles.exists(file)) {
                return false;
            }
            GitFiles.requireFile(file, RefReader.MAX_PACKED_REFS);
        } catch (IOException e) {
            return false; // whoever reads the refs tells
        }
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains(R_REPLACE)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false; // whoever reads the refs tells
        }
    }

    /// The objects of `source`, as Git shows them.
    static ObjectSource over(GitRepository location, ObjectSource source) {
        Map<ObjectId, ObjectId> replacements = replacements(location);
        Map<ObjectId, List<ObjectId>> grafts = grafts(location, Problems.TOLD_ALREADY);
        if (replacements.isEmpty() && grafts.isEmpty()) {
            return source;
        }
        Map<ObjectId, StoredObject> shown = new HashMap<>();
        try (ObjectSource.Reader reader = source.newReader()) {
            for (ObjectId replaced : replacements.keySet()) {
                try {
                    StoredObject instead = reader.read(end(replaced, replacements));
                    if (instead.type() != GitObjectType.BLOB) { // nobody asks what is in them
                        shown.put(replaced, instead);
                    }
                } catch (IOException | RuntimeException e) {
                    // The crawl has named the ref.
                }
            }
            for (var graft : grafts.entrySet()) {
                try {
                    StoredObject commit = shown.get(graft.getKey());
                    byte[] raw =
                            commit != null
                                    ? commit.bytes()
                                    : reader.read(graft.getKey(), GitObjectType.COMMIT);
                    shown.put(
                            graft.getKey(),
                            new StoredObject(
                                    GitObjectType.COMMIT,
                                    withParents(raw, graft.getValue(), reader.format())));
                } catch (IOException | RuntimeException e) {
                    // Grafted onto what is not there: Git takes no notice.
                }
            }
        }
        return new ShownObjects(source, shown);
    }

    /// The parents that grafts name and that are there; no ref need lead to them.
    static Set<ObjectId> graftedParents(
            GitRepository location, LoggedTips.Presence presence, Problems problems) {
        Set<ObjectId> parents = new HashSet<>();
        for (List<ObjectId> named : grafts(location, problems).values()) {
            for (ObjectId parent : named) {
                try {
                    if (presence.has(parent)) {
                        parents.add(parent);
                    }
                } catch (IOException e) {
                    parents.add(parent); // broken: told by whoever reads it
                }
            }
        }
        return parents;
    }

    private static Map<ObjectId, ObjectId> replacements(GitRepository location) {
        Map<ObjectId, ObjectId> replacements = new HashMap<>();
        Tips.of(location, Problems.TOLD_ALREADY)
                .byName()
                .forEach((name, target) -> {
                    if (name.startsWith(R_REPLACE)
                            && ObjectId.isId(name.substring(R_REPLACE.length()))) {
                        replacements.put(
                                ObjectId.fromString(name.substring(R_REPLACE.length())), target);
                    }
                });
        return replacements;
    }

    private static ObjectId end(ObjectId replaced, Map<ObjectId, ObjectId> replacements)
            throws IOException {
        ObjectId id = replaced;
        for (int i = 0; replacements.containsKey(id); i++) {
            if (i == MAX_REPLACING) {
                throw new IOException("too many replacements after one another");
            }
            id = replacements.get(id);
        }
        return id;
    }

    private static Map<ObjectId, List<ObjectId>> grafts(GitRepository location, Problems problems) {
        Path file = location.commonFile("info/grafts");
        Map<ObjectId, List<ObjectId>> grafts = new HashMap<>();
        try {
            for (String line : GitFiles.lines(file, MAX_GRAFTS).orElse(List.of())) {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                List<ObjectId> ids = new ArrayList<>();
                for (String id : line.strip().split(" +")) {
                    if (!ObjectId.isId(id)) {
                        throw new IOException("a broken graft");
                    }
                    ids.add(ObjectId.fromString(id));
                }
                grafts.put(ids.getFirst(), ids.subList(1, ids.size()));
            }
        } catch (IOException e) {
            problems.unreadable(file, e);
        }
        return grafts;
    }

    private static byte[] withParents(byte[] raw, List<ObjectId> parents, HashFormat format)
            throws IOException {
        RawObjects.CommitLinks links = RawObjects.commit(raw, format);
        int line = format.digits() + 1;
        int afterTree = "tree ".length() + line;
        int afterParents = afterTree + links.parents().size() * ("parent ".length() + line);
        var out = new ByteArrayOutputStream(raw.length + 64);
        out.write(raw, 0, afterTree);
        for (ObjectId parent : parents) {
            out.writeBytes(("parent " + parent.name() + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        out.write(raw, afterParents, raw.length - afterParents);
        return out.toByteArray();
    }
}
