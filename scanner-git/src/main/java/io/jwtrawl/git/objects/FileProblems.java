package io.jwtrawl.git.objects;

import java.nio.file.Path;

/// Learns of each file or folder that cannot be used, so that the objects in it are not searched.
public interface FileProblems {

    void unreadable(Path file, Exception why);
}
