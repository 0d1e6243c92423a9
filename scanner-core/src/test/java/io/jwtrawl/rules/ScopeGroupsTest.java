package io.jwtrawl.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Looking a scope up says what trying every pattern of every group says.
class ScopeGroupsTest {

    private static final ScopeCatalogue CATALOGUE = RuleSet.builtInWithExamples().scopes();

    @Test
    void isTheFirstGroupThatNamesAScope() {
        var random = new Random(0);
        List<String> pieces = new ArrayList<>(List.of("", "é", "*", "team-1", "a:b", "."));
        for (ScopeGroups.Group group : CATALOGUE.scopes().groups()) {
            pieces.addAll(group.exact());
            group.glob().forEach(glob -> pieces.add(glob.pattern().replace("*", "x")));
        }
        CATALOGUE.examples().forEach(example -> pieces.add(example.scope()));
        int known = 0;
        for (int i = 0; i < 20_000; i++) {
            String scope = pieces.get(random.nextInt(pieces.size()));
            if (random.nextInt(3) == 0) {
                scope += pieces.get(random.nextInt(pieces.size()));
            }
            if (random.nextInt(4) == 0) {
                scope = scope.toUpperCase(Locale.ROOT);
            }
            Privilege privilege = CATALOGUE.privilegeOf(scope);
            assertThat(privilege).as(scope).isEqualTo(byTryingAll(scope));
            known += privilege == Privilege.UNKNOWN ? 0 : 1;
        }
        assertThat(known).isGreaterThan(5_000);
    }

    private static Privilege byTryingAll(String scope) {
        String folded = scope.toLowerCase(Locale.ROOT);
        for (ScopeGroups.Group group : CATALOGUE.scopes().groups()) {
            if (group.exact().stream().anyMatch(folded::equalsIgnoreCase)
                    || group.glob().stream()
                            .anyMatch(glob ->
                                    Glob.of(glob.pattern().toLowerCase(Locale.ROOT))
                                            .matches(folded))) {
                return group.privilege();
            }
        }
        return Privilege.UNKNOWN;
    }
}
