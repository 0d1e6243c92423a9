package io.jwtrawl.rules;

import java.util.List;

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
        ScopeGroups scopes,
        List<Example> examples,
        List<Example> nonExamples) {

    /// @param claim its path; `*` is any member
    /// @param prefix what the value becomes a scope with, such as `nats:pub:`
    public record Derived(List<String> claim, String prefix) {}

    public record Example(String scope, Privilege privilege) {}

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
        return scopes.privilegeOf(scope);
    }
}
