package io.jwtrawl.rules;

import java.util.List;
import java.util.Locale;

/// What the words in scope, role and permission claims let their bearer do.
///
/// @param claims paths of the claims that hold such words, as a text with spaces or an array; `*` is any member
/// @param flags claims that, when true, stand for a scope of their own name
/// @param scopes groups from most to least privileged
public record ScopeCatalogue(
        List<List<String>> claims,
        List<String> flags,
        List<Group> scopes,
        List<Example> examples,
        List<Example> nonExamples) {

    public record Group(Privilege privilege, List<String> exact, List<Glob> glob) {}

    public record Example(String scope, Privilege privilege) {}

    public ScopeCatalogue {
        scopes =
                scopes.stream()
                        .map(group ->
                                new Group(
                                        group.privilege(),
                                        group.exact().stream().map(ScopeCatalogue::fold).toList(),
                                        group.glob().stream()
                                                .map(glob -> Glob.of(fold(glob.pattern())))
                                                .toList()))
                        .toList();
    }

    /// The privilege that `scope` gives; unknown where no group names it.
    public Privilege privilegeOf(String scope) {
        String folded = fold(scope);
        for (Group group : scopes) {
            if (group.exact().contains(folded)
                    || group.glob().stream().anyMatch(glob -> glob.matches(folded))) {
                return group.privilege();
            }
        }
        return Privilege.UNKNOWN;
    }

    private static String fold(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
