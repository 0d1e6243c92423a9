package io.jwtrawl.rules;

import java.util.List;
import java.util.Locale;

/// Which claims speak of a person, by their names.
///
/// @param names in lower case, without what [#isPersonal] takes out of a name before it compares
/// @param examples names of claims that are personal
/// @param nonExamples names that are not
public record PersonalClaims(List<Glob> names, List<String> examples, List<String> nonExamples) {

    public boolean isPersonal(String name) {
        String folded = folded(name);
        for (Glob glob : names) {
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
