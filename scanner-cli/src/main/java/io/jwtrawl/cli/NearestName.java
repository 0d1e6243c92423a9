package io.jwtrawl.cli;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// What somebody may have meant who wrote a name that there is not.
final class NearestName {

    private NearestName() {}

    /// The one of the names that is most like `written`; empty if none is.
    static Optional<String> to(String written, Collection<String> names) {
        return names.stream()
                .filter(name -> distance(name, written) <= 1 + name.length() / 4)
                .min(Comparator.comparingInt(name -> distance(name, written)));
    }

    /// For the end of a message.
    static String hint(String written, Collection<String> names) {
        return to(written, names).map(name -> ": do you mean '" + name + "'?").orElse("");
    }

    /// How many characters must be changed, added or removed (Levenshtein).
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
