package io.jwtrawl.source;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;

/// Which paths below a target are searched.
///
/// Patterns are the platform's globs (`*`, `**`, `?`, `[a-z]`, `{a,b}`). One without a slash is matched against each
/// name of a path, one with a slash against the whole path below the target.
public final class PathFilter {

    /// Lets everything through.
    public static final PathFilter ALL = new PathFilter(List.of(), List.of());

    private final List<Pattern> includes;
    private final List<Pattern> excludes;

    /// @param includes if there are any, only files that one of them matches are searched
    /// @param excludes files and folders that are left out, even if included
    /// @throws java.util.regex.PatternSyntaxException if one is not a glob
    public static PathFilter of(List<String> includes, List<String> excludes) {
        return new PathFilter(
                includes.stream().map(Pattern::of).toList(),
                excludes.stream().map(Pattern::of).toList());
    }

    private PathFilter(List<Pattern> includes, List<Pattern> excludes) {
        this.includes = includes;
        this.excludes = excludes;
    }

    /// The same filter, leaving out one more.
    public PathFilter butNot(String exclude) {
        var more = new ArrayList<>(excludes);
        more.add(Pattern.of(exclude));
        return new PathFilter(includes, more);
    }

    /// Whether everything is let through.
    public boolean isAll() {
        return includes.isEmpty() && excludes.isEmpty();
    }

    /// Whether the file at `path`, relative to its target, is searched. Folders above it count too.
    public boolean acceptsFile(Path path) {
        return (includes.isEmpty()
                        || includes.stream().anyMatch(pattern -> pattern.matchesAnyName(path)))
                && excludes.stream().noneMatch(pattern -> pattern.matchesAnyName(path));
    }

    /// Whether anything below the folder at `path`, relative to its target, may be searched.
    public boolean mayEnter(Path path) {
        return excludes.stream().noneMatch(pattern -> pattern.matchesLastName(path));
    }

    private record Pattern(List<PathMatcher> matchers, boolean wholePath) {

        static Pattern of(String glob) {
            String trimmed = glob.endsWith("/") ? glob.substring(0, glob.length() - 1) : glob;
            List<PathMatcher> matchers = new ArrayList<>();
            matchers.add(matcher(trimmed));
            if (trimmed.startsWith("**/")) {
                matchers.add(matcher(trimmed.substring(3))); // any number of folders, so none too
            }
            return new Pattern(List.copyOf(matchers), trimmed.contains("/"));
        }

        private static PathMatcher matcher(String glob) {
            return FileSystems.getDefault().getPathMatcher("glob:" + glob);
        }

        boolean matchesAnyName(Path path) {
            for (int names = 1; names <= path.getNameCount(); names++) {
                if (matchesLastName(path.subpath(0, names))) {
                    return true;
                }
            }
            return false;
        }

        boolean matchesLastName(Path path) {
            Path subject = wholePath ? path : path.getFileName();
            return subject != null
                    && matchers.stream().anyMatch(matcher -> matcher.matches(subject));
        }
    }
}
