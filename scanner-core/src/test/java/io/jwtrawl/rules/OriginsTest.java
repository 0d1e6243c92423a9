package io.jwtrawl.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.rules.RuleSet.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
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

    /// How each is recognised, what kind it is, whether it may be public, how long it works, how to revoke it, and where
    /// that is said. Of the pages that say it, those of archives and mirrors can be gone tomorrow.
    @Test
    void everyFamilySaysWhatAResponderAsks() {
        Set<String> ids = new HashSet<>();
        RULES.providers()
                .forEach(provider ->
                        provider.families()
                                .forEach(family -> {
                                    assertThat(ids.add(family.id()))
                                            .as(family.id() + " is there twice")
                                            .isTrue();
                                    assertThat(family.match().isEmpty() && family.token().isEmpty())
                                            .as(family.id() + " is recognised by nothing")
                                            .isFalse();
                                    assertThat(family.title()).as(family.id()).isNotBlank();
                                    assertThat(family.revoke())
                                            .as(family.id())
                                            .isNotBlank()
                                            .endsWith(".");
                                    assertThat(family.source())
                                            .as(family.id())
                                            .matches("https://[^/ ]+/[^ ]*");
                                    assertThat(family.examples()).as(family.id()).isNotEmpty();
                                    UsualLifetime lifetime = family.lifetime();
                                    assertThat(lifetime.usual())
                                            .as(family.id())
                                            .matches("P.+|unlimited|chosen|unknown");
                                    assertThat(lifetime.duration().map(Duration::isPositive))
                                            .as(family.id())
                                            .isNotEqualTo(Optional.of(false));
                                    assertThat(
                                                    lifetime.usual().equals("unknown")
                                                            && lifetime.source().isPresent())
                                            .as(family.id() + " has a source for what is not known")
                                            .isFalse();
                                }));
    }
}
