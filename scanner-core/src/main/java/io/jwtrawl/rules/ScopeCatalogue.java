package io.jwtrawl.rules;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What the words in scope, role and permission claims let their bearer do.
///
/// @param claims paths of the claims that hold such words, as a text with spaces or an array; `*` is any member
/// @param derived claims that say what a token opens in other words than scopes, each value standing for one
/// @param flags claims that, when true, stand for a scope of their own name
/// @param scopes groups from most to least privileged
public record ScopeCatalogue(
        List<List<String>> claims,
        List<Derived> derived,
        List<String> flags,
        List<Group> scopes,
        List<Example> examples,
        List<Example> nonExamples) {

    /// @param claim its path; `*` is any member
    /// @param prefix what the value becomes a scope with, such as `nats:pub:`
    public record Derived(List<String> claim, String prefix) {}

    public record Group(Privilege privilege, Set<String> exact, List<Glob> glob) {}

    public record Example(String scope, Privilege privilege) {}

    public ScopeCatalogue {
        scopes =
                scopes.stream()
                        .map(group ->
                                new Group(
                                        group.privilege(),
                                        folded(group.exact()),
                                        group.glob().stream()
                                                .map(glob -> Glob.of(fold(glob.pattern())))
                                                .toList()))
                        .toList();
    }

    /// Whether a claim of this name, behind a namespace such as `https://example.org/`, holds scopes.
    public boolean isNamespaced(String name) {
        int end = Math.max(name.lastIndexOf('/'), name.lastIndexOf(':'));
        if (end < 0) {
            return false;
        }
        for (List<String> path : claims) {
            String last = path.getFirst();
            if (path.size() == 1
                    && name.length() - end - 1 == last.length()
                    && name.endsWith(last)
                    && !name.equals(last)) {
                return true;
            }
        }
        return false;
    }

    /// The privilege that `scope` gives; unknown where no group names it.
    public Privilege privilegeOf(String scope) {
        String folded = fold(scope);
        for (Group group : scopes) {
            if (group.exact().contains(folded)) {
                return group.privilege();
            }
            for (Glob glob : group.glob()) {
                if (glob.matches(folded)) {
                    return group.privilege();
                }
            }
        }
        return Privilege.UNKNOWN;
    }

    /// In the same order, since the rules are written out again.
    private static Set<String> folded(Set<String> texts) {
        Set<String> folded = new LinkedHashSet<>();
        texts.forEach(text -> folded.add(fold(text)));
        return folded;
    }

    private static String fold(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
