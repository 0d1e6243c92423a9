package io.jwtrawl.git;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.internal.storage.file.PackIndex;
import org.eclipse.jgit.lib.ObjectId;

/// Which objects are in a folder of objects, whether or not anything leads to them.
///
/// @param packs the indexes of its packs
/// @param loose those that have a file each
record ObjectListing(List<Path> packs, List<ObjectId> loose) {

    private static final String INDEX = ".idx";
    private static final int LEADING_DIGITS = 2;

    static ObjectListing of(Path objects, Problems problems) {
        List<Path> packs = new ArrayList<>();
        for (Path file : listed(objects.resolve("pack"), problems)) {
            String name = file.getFileName().toString();
            if (name.startsWith("pack-") && name.endsWith(INDEX)) {
                packs.add(file);
            }
        }
        List<ObjectId> loose = new ArrayList<>();
        for (Path folder : listed(objects, problems)) {
            String digits = folder.getFileName().toString();
            if (digits.length() == LEADING_DIGITS && Files.isDirectory(folder)) {
                for (Path file : listed(folder, problems)) {
                    String name = digits + file.getFileName();
                    if (ObjectId.isId(name)) {
                        loose.add(ObjectId.fromString(name));
                    }
                }
            }
        }
        packs.sort(null);
        return new ObjectListing(packs, loose);
    }

    /// Such as `pack-` and forty digits: Git names a pack by what is in it.
    static String nameOf(Path index) {
        String name = index.getFileName().toString();
        return name.substring(0, name.length() - INDEX.length());
    }

    /// The objects of the pack whose index is `index`.
    static PackIndex open(Path index) throws IOException {
        GitFiles.requireFile(index, Long.MAX_VALUE);
        return PackIndex.open(index.toFile());
    }

    private static List<Path> listed(Path folder, Problems problems) {
        List<Path> paths = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                entries.forEach(paths::add);
            } catch (IOException | DirectoryIteratorException e) {
                problems.unreadable(folder, e);
            }
        }
        return paths;
    }
}
