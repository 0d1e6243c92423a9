package io.jwtrawl.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.rules.RuleSet.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class OriginsTest {

    private static final RuleSet RULES = RuleSet.builtInWithExamples();

    /// Against trying every family on every token, for the examples of all of them with any other's issuer.
    @Test
    void isTheFirstFamilyThatFits() {
        List<TokenFamily> families = new ArrayList<>();
        RULES.providers().forEach(provider -> families.addAll(provider.families()));
        var random = new Random(0);
        int known = 0;
        for (TokenFamily family : families) {
            for (TokenFamily.ClaimExample example : family.examples()) {
                ObjectNode header =
                        example.header().orElseGet(JsonNodeFactory.instance::objectNode);
                for (int i = 0; i < 20; i++) {
                    ObjectNode claims = example.claims().deepCopy();
                    if (i > 0) {
                        TokenFamily other = families.get(random.nextInt(families.size()));
                        claims.setAll(
                                other.examples()
                                        .getFirst()
                                        .claims()
                                        .deepCopy()
                                        .retain("iss", "typ"));
                    }
                    Optional<Origin> origin = RULES.originOf(family.token(), header, claims);
                    assertThat(origin).isEqualTo(oneByOne(family.token(), header, claims));
                    known += origin.isPresent() ? 1 : 0;
                }
            }
        }
        assertThat(known).isGreaterThan(families.size());
    }

    private static Optional<Origin> oneByOne(
            Optional<String> wrapped, ObjectNode header, ObjectNode claims) {
        return RULES.providers().stream()
                .flatMap(provider ->
                        provider.families().stream()
                                .filter(family -> family.matches(wrapped, header, claims))
                                .map(family -> new Origin(provider, family)))
                .findFirst();
    }
}
