package io.jwtrawl.rules;

import java.util.List;

/// What kind of place a path names.
///
/// @param contexts tried in order; the first with a glob that matches decides
public record ContextCatalogue(
        List<Group> contexts, List<Example> examples, List<Example> nonExamples) {

    public record Group(StorageContext context, List<PathGlob> globs) {}

    public record Example(String path, StorageContext context) {}

    /// The context of a relative path with `/` between its names.
    public StorageContext contextOf(String path) {
        for (Group group : contexts) {
            for (PathGlob glob : group.globs()) {
                if (glob.matches(path)) {
                    return group.context();
                }
            }
        }
        return StorageContext.UNKNOWN;
    }
}
