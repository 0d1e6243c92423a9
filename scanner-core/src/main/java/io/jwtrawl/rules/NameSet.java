package io.jwtrawl.rules;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Names of claims, told apart neither by letter case nor by `_`, `-`, `.` and blanks, nor by what stands before the last
/// `/` or `:`. They are written in lower case without these; `*` is any run of characters.
public final class NameSet {

    /// Tokens of one issuer have the same names.
    private static final int MAX_REMEMBERED = 1_000;

    private static final int MAX_REMEMBERED_NAME = 100;

    private final List<Glob> globs;
    private final Map<String, Boolean> remembered = new ConcurrentHashMap<>();
    private final Set<String> whole = new HashSet<>();
    private final List<Glob> patterns = new ArrayList<>();

    private NameSet(List<Glob> globs) {
        this.globs = globs;
        for (Glob glob : globs) {
            if (glob.pattern().indexOf('*') < 0) {
                whole.add(glob.pattern());
            } else {
                patterns.add(glob);
            }
        }
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static NameSet of(List<Glob> globs) {
        return new NameSet(globs);
    }

    @JsonValue
    List<Glob> globs() {
        return globs;
    }

    boolean contains(String name) {
        Boolean known = remembered.get(name);
        if (known == null) {
            known = holds(folded(name));
            if (name.length() <= MAX_REMEMBERED_NAME && remembered.size() < MAX_REMEMBERED) {
                remembered.put(name, known);
            }
        }
        return known;
    }

    private boolean holds(String folded) {
        if (whole.contains(folded)) {
            return true;
        }
        for (Glob glob : patterns) {
            if (glob.matches(folded)) {
                return true;
            }
        }
        return false;
    }

    /// `https://example.org/claims/First_Name` as `firstname`.
    private static String folded(String name) {
        int namespace = Math.max(name.lastIndexOf('/'), name.lastIndexOf(':'));
        var folded = new StringBuilder(name.length());
        for (int i = namespace + 1; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '_' && c != '-' && c != '.' && c != ' ') {
                folded.append(c);
            }
        }
        return folded.toString().toLowerCase(Locale.ROOT);
    }
}
