package io.jwtrawl.git;

import java.util.List;

/// Full names of refs, and what people call them.
final class RefNames {

    private static final List<String> FOLDERS =
            List.of("refs/heads/", "refs/tags/", "refs/remotes/");

    private RefNames() {}

    /// The name without the folder that tells of what kind it is. JGit's own takes a logger with it.
    static String shortened(String name) {
        for (String folder : FOLDERS) {
            if (name.startsWith(folder)) {
                return name.substring(folder.length());
            }
        }
        return name;
    }
}
