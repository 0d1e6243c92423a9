package io.jwtrawl.rules;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What scopes let their bearer do: groups of scopes, of which the first that names one decides. Letter case does not matter.
///
/// A token may have hundreds of scopes, so that one is compared only with the patterns that begin or end like it.
public final class ScopeGroups {

    /// @param exact whole scopes
    /// @param glob patterns of scopes
    public record Group(Privilege privilege, Set<String> exact, List<Glob> glob) {}

    private final List<Group> groups;

    /// Made when the first scope is looked up: many scans find none.
    private final Once<Index> index;

    private ScopeGroups(List<Group> groups) {
        this.groups = groups;
        index = new Once<>(() -> new Index(groups));
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static ScopeGroups of(List<Group> groups) {
        return new ScopeGroups(List.copyOf(groups));
    }

    /// The most privileged first, as they are written.
    @JsonValue
    List<Group> groups() {
        return groups;
    }

    /// The privilege that `scope` gives; unknown where no group names it.
    Privilege privilegeOf(String scope) {
        int first = index.get().first(scope.toLowerCase(Locale.ROOT));
        return first == Index.NONE ? Privilege.UNKNOWN : groups.get(first).privilege();
    }

    /// A pattern, and the number of the group it is in.
    private record Pattern(Glob glob, int group) {}

    /// Patterns by the character that they begin or end with.
    private static final class Index {

        static final int NONE = Integer.MAX_VALUE;

        private static final int SLOTS = 128;

        private final Map<String, Integer> exact = new HashMap<>();
        private final List<List<Pattern>> beginning = slots();
        private final List<List<Pattern>> ending = slots();

        /// Those that begin and end with a star.
        private final List<Pattern> others = new ArrayList<>();

        Index(List<Group> groups) {
            for (int i = 0; i < groups.size(); i++) {
                for (String scope : groups.get(i).exact()) {
                    exact.putIfAbsent(scope.toLowerCase(Locale.ROOT), i);
                }
                for (Glob glob : groups.get(i).glob()) {
                    String text = glob.pattern().toLowerCase(Locale.ROOT);
                    patternsLike(text).add(new Pattern(Glob.of(text), i));
                }
            }
        }

        private static List<List<Pattern>> slots() {
            List<List<Pattern>> slots = new ArrayList<>();
            for (int i = 0; i < SLOTS; i++) {
                slots.add(new ArrayList<>());
            }
            return slots;
        }

        private List<Pattern> patternsLike(String pattern) {
            char first = pattern.charAt(0);
            char last = pattern.charAt(pattern.length() - 1);
            return first != '*'
                    ? beginning.get(first % SLOTS)
                    : last != '*' ? ending.get(last % SLOTS) : others;
        }

        /// The number of the first group that names a scope, or [#NONE].
        int first(String scope) {
            Integer named = exact.get(scope);
            int first = named == null ? NONE : named;
            if (!scope.isEmpty()) {
                first = first(scope, beginning.get(scope.charAt(0) % SLOTS), first);
                first = first(scope, ending.get(scope.charAt(scope.length() - 1) % SLOTS), first);
            }
            return first(scope, others, first);
        }

        private static int first(String scope, List<Pattern> patterns, int known) {
            int first = known;
            for (int i = 0; i < patterns.size(); i++) {
                Pattern pattern = patterns.get(i);
                if (pattern.group() < first && pattern.glob().matches(scope)) {
                    first = pattern.group();
                }
            }
            return first;
        }
    }
}
