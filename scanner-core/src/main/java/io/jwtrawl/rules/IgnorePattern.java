package io.jwtrawl.rules;

import java.util.Optional;

/// One line of a file that lists what to leave out, as gitignore(5) describes it.
///
/// @param isException whether what it matches is not left out after all
/// @param foldersOnly whether it matches folders only
/// @param wholePath whether it is matched against the path below the folder of the file, and not against the name alone
public record IgnorePattern(
        String glob, boolean isException, boolean foldersOnly, boolean wholePath) {

    /// Empty for a comment or a blank line.
    public static Optional<IgnorePattern> parse(String line) {
        String text = withoutTrailingBlanks(line);
        if (text.isEmpty() || text.startsWith("#")) {
            return Optional.empty();
        }
        boolean isException = text.startsWith("!");
        if (isException) {
            text = text.substring(1);
        }
        boolean foldersOnly = text.endsWith("/");
        if (foldersOnly) {
            text = text.substring(0, text.length() - 1);
        }
        boolean wholePath = text.indexOf('/') >= 0;
        if (text.startsWith("/")) {
            text = text.substring(1);
        }
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(new IgnorePattern(text, isException, foldersOnly, wholePath));
    }

    private static String withoutTrailingBlanks(String line) {
        int end = line.length();
        while (end > 0
                && (line.charAt(end - 1) == ' ' || line.charAt(end - 1) == '\r')
                && !(end > 1 && line.charAt(end - 2) == '\\')) {
            end--;
        }
        return line.substring(0, end);
    }

    /// @param path with `/` between names, below the folder of the file that lists this
    public boolean matches(String path, boolean isFolder) {
        if (foldersOnly && !isFolder) {
            return false;
        }
        return matches(0, wholePath ? path : path.substring(path.lastIndexOf('/') + 1), 0);
    }

    /// Whether the glob from `g` on matches all of `text` from `t` on. Only the latest star of each kind is gone back to, so
    /// that it takes no longer than their lengths multiplied.
    private boolean matches(int g, String text, int t) {
        int glob = g;
        int at = t;
        int star = -1;
        int starText = -1;
        int stars = -1;
        int starsText = -1;
        while (true) {
            if (glob < this.glob.length() && isDoubleStar(glob)) {
                boolean isLast = glob + 2 == this.glob.length();
                if (isLast) {
                    return at < text.length(); // everything inside
                }
                stars = glob + 3;
                starsText = at;
                star = -1;
                glob = stars;
                continue;
            }
            if (glob < this.glob.length() && this.glob.charAt(glob) == '*') {
                star = ++glob;
                starText = at;
                continue;
            }
            if (at == text.length() && glob == this.glob.length()) {
                return true;
            }
            int next =
                    at < text.length() && glob < this.glob.length()
                            ? step(glob, text.charAt(at))
                            : -1;
            if (next >= 0) {
                glob = next;
                at++;
            } else if (star >= 0 && starText < text.length() && text.charAt(starText) != '/') {
                at = ++starText;
                glob = star;
            } else if (stars >= 0) {
                int slash = text.indexOf('/', starsText);
                if (slash < 0) {
                    return false;
                }
                starsText = slash + 1;
                at = starsText;
                glob = stars;
                star = -1;
            } else {
                return false;
            }
        }
    }

    /// Two stars that are a whole name of the path.
    private boolean isDoubleStar(int at) {
        return glob.startsWith("**", at)
                && (at == 0 || glob.charAt(at - 1) == '/')
                && (at + 2 == glob.length() || glob.charAt(at + 2) == '/');
    }

    /// @return where the glob goes on if what is at `at` matches `c`, -1 if it does not
    private int step(int at, char c) {
        char wanted = glob.charAt(at);
        return switch (wanted) {
            case '?' -> c == '/' ? -1 : at + 1;
            case '[' -> c == '/' ? -1 : bracket(at, c);
            case '\\' -> at + 1 < glob.length() && glob.charAt(at + 1) == c ? at + 2 : -1;
            default -> wanted == c ? at + 1 : -1;
        };
    }

    private int bracket(int at, char c) {
        int i = at + 1;
        boolean negated = i < glob.length() && (glob.charAt(i) == '!' || glob.charAt(i) == '^');
        if (negated) {
            i++;
        }
        boolean matched = false;
        boolean first = true;
        while (i < glob.length() && (first || glob.charAt(i) != ']')) {
            first = false;
            if (glob.charAt(i) == '\\' && i + 1 < glob.length()) {
                i++;
            }
            char low = glob.charAt(i++);
            char high = low;
            if (i + 1 < glob.length() && glob.charAt(i) == '-' && glob.charAt(i + 1) != ']') {
                i++;
                if (glob.charAt(i) == '\\' && i + 1 < glob.length()) {
                    i++;
                }
                high = glob.charAt(i++);
            }
            matched |= low <= c && c <= high;
        }
        return i < glob.length() && matched != negated ? i + 1 : -1;
    }
}
