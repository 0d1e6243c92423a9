package io.jwtrawl.git.objects;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What lies in a folder.
final class Folder {

    private Folder() {}

    /// @param problems learns of the folder, if not all of it can be listed
    static List<Path> list(Path folder, FileProblems problems) {
        List<Path> listed = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                listed.add(entry);
            }
        } catch (IOException | DirectoryIteratorException e) {
            problems.unreadable(folder, e);
        }
        return listed;
    }
}
