package io.jwtrawl.rules;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/// A pattern for relative paths: `*` stays within one name, `**` is any number of whole names.
public record PathGlob(@JsonValue String pattern, List<String> names) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static PathGlob of(String pattern) {
        return new PathGlob(pattern, List.of(pattern.split("/")));
    }

    public boolean matches(String path) {
        return matches(path.split("/"));
    }

    /// The same greedy walk as [Glob], over names in place of characters.
    private boolean matches(String[] path) {
        int p = 0;
        int n = 0;
        int afterStars = -1;
        int resume = 0;
        while (n < path.length) {
            if (p < names.size() && names.get(p).equals("**")) {
                afterStars = ++p;
                resume = n;
            } else if (p < names.size() && nameMatches(names.get(p), path[n])) {
                p++;
                n++;
            } else if (afterStars >= 0) {
                p = afterStars;
                n = ++resume;
            } else {
                return false;
            }
        }
        while (p < names.size() && names.get(p).equals("**")) {
            p++;
        }
        return p == names.size();
    }

    private static boolean nameMatches(String glob, String name) {
        return Glob.of(glob).matches(name);
    }
}
