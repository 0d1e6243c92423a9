package io.jwtrawl.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class SampleCatalogueTest {

    private static final ObjectNode NO_CLAIMS = JsonNodeFactory.instance.objectNode();

    @Test
    void theBuiltInOneKnowsEveryPublishedTokenAndWhereItWasPublished() {
        Set<String> hashes = new HashSet<>();
        for (SampleToken sample : RuleSet.builtInWithExamples().samples()) {
            assertThat(sample.source()).as(sample.id()).startsWith("https://");
            for (String sha256 : sample.sha256()) {
                assertThat(hashes.add(sha256)).as("%s has %s twice", sample.id(), sha256).isTrue();
                assertThat(RuleSet.builtIn().isSample(sha256, NO_CLAIMS)).as(sha256).isTrue();
            }
        }
        String one = hashes.iterator().next();
        assertThat(RuleSet.builtIn().sampleOf(one, NO_CLAIMS).orElseThrow().sha256()).contains(one);
        assertThat(hashes).hasSizeGreaterThan(800);
    }

    @Test
    void knowsExactlyTheHashesThatItWasMadeOf() {
        var random = new Random(1);
        for (int size = 0; size < 40; size++) {
            Set<String> in = new HashSet<>();
            while (in.size() < size) {
                in.add(hash(random));
            }
            var catalogue =
                    SampleCatalogue.of(
                            in.stream()
                                    .map(sha256 -> sample(List.of(sha256), Optional.empty(), false))
                                    .toList());
            for (String sha256 : in) {
                assertThat(catalogue.contains(sha256, NO_CLAIMS)).isTrue();
                // Alike in the part that the table is sorted by.
                String half = sha256.substring(0, 16) + hash(random).substring(16);
                assertThat(catalogue.contains(half, NO_CLAIMS)).isFalse();
            }
            for (int i = 0; i < 100; i++) {
                assertThat(catalogue.contains(hash(random), NO_CLAIMS)).isFalse();
            }
        }
    }

    @Test
    void anExactShapeAllowsOnlyWhatLibrariesAddByThemselves() {
        ObjectNode shape = NO_CLAIMS.objectNode().put("some", "payload");
        SampleToken exact = sample(List.of(), Optional.of(shape), true);
        SampleToken loose = sample(List.of(), Optional.of(shape), false);
        ObjectNode aged = shape.deepCopy().put("exp", 1).put("iat", 0).put("jti", "x");
        ObjectNode other = shape.deepCopy().put("sub", "somebody");

        assertThat(exact.hasShapeOf(shape)).isTrue();
        assertThat(exact.hasShapeOf(aged)).isTrue();
        assertThat(exact.hasShapeOf(other)).isFalse();
        assertThat(loose.hasShapeOf(other)).isTrue();
        assertThat(exact.hasShapeOf(NO_CLAIMS)).isFalse();
    }

    @Test
    void aSampleHasEitherHashesOrClaims() {
        assertThatThrownBy(() -> sample(List.of(), Optional.empty(), false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sample(List.of("00"), Optional.of(NO_CLAIMS), false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static SampleToken sample(
            List<String> sha256, Optional<ObjectNode> claims, boolean exact) {
        return new SampleToken("x", "x", "https://example.org", sha256, claims, exact);
    }

    private static String hash(Random random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
