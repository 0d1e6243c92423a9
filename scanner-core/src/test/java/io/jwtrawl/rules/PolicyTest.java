package io.jwtrawl.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyTest {

    private static final RuleSet RULES = RuleSet.builtIn();

    @TempDir Path folder = Path.of("");

    @Test
    void threeComeWithTheProgram() {
        assertThat(RULES.policies())
                .extracting(Policy::id)
                .containsExactly("default", "incident", "strict");
    }

    @ParameterizedTest
    @EnumSource(ReasonCode.class)
    void everyReasonIsMappedToAllFourLists(ReasonCode code) {
        for (Policy policy : RULES.policies()) {
            List<String> standards = weight(policy, code).standards();
            if (code == ReasonCode.CAPPED) {
                assertThat(standards).isEmpty(); // says something of the score, not of the token
                continue;
            }
            for (Taxonomy taxonomy : RULES.standards()) {
                assertThat(standards)
                        .as(taxonomy.title())
                        .anyMatch(standard -> standard.startsWith(taxonomy.prefix()));
            }
        }
    }

    @Test
    void everyStandardIsOneOfThoseLists() {
        Set<String> known =
                RULES.standards().stream()
                        .flatMap(taxonomy -> taxonomy.entries().stream())
                        .map(Taxonomy.Entry::id)
                        .collect(Collectors.toSet());
        for (Policy policy : RULES.policies()) {
            assertThat(known).containsAll(policy.standards());
            policy.reasons()
                    .values()
                    .forEach(weight -> assertThat(known).containsAll(weight.standards()));
        }
    }

    @Test
    void saysOnlyWhatDiffersFromThePolicyThatItExtends() throws IOException {
        Policy mine =
                read(
                        """
                        id: mine
                        title: Mine
                        extends: default
                        limits: { lifetime: { access-token: PT5M } }
                        reasons: { missing-claims: { points: 7 } }
                        requirements: { trusted-issuers: ["https://*.example.org/*"] }
                        """);
        Policy before = RULES.policy("default");
        assertThat(mine.limits().lifetime().get(TokenKind.ACCESS_TOKEN))
                .isEqualTo(Duration.ofMinutes(5));
        assertThat(mine.limits().lifetime().get(TokenKind.ID_TOKEN)).isEqualTo(Duration.ofDays(1));
        assertThat(mine.reasons().get(ReasonCode.MISSING_CLAIMS))
                .isEqualTo(
                        new Policy.Weight(
                                7, weight(before, ReasonCode.MISSING_CLAIMS).standards()));
        assertThat(mine.trusts("https://sso.example.org/a")).isTrue();
        assertThat(mine.trusts("https://example.net")).isFalse();
        assertThat(before.trusts("https://example.net")).isTrue();
        Set<ReasonCode> others = EnumSet.allOf(ReasonCode.class);
        others.remove(ReasonCode.MISSING_CLAIMS);
        assertThat(others)
                .allSatisfy(code ->
                        assertThat(mine.reasons().get(code)).isEqualTo(before.reasons().get(code)));
    }

    @Test
    void makesExceptionsForPaths() throws IOException {
        Policy mine =
                read(
                        """
                        id: mine
                        title: Mine
                        extends: strict
                        overrides:
                          - paths: ["deploy/**", "**/*.tf"]
                            set: { contexts: { config: 20 } }
                          - paths: ["**/fixtures/**"]
                            set: { levels: { critical: 100, high: 99 } }
                        """);
        assertThat(mine.at("deploy/prod/app.yaml").contexts().get(StorageContext.CONFIG))
                .isEqualTo(20);
        assertThat(mine.at("a/b.tf").contexts().get(StorageContext.CONFIG)).isEqualTo(20);
        assertThat(mine.at("a/fixtures/b").levelOf(98)).isEqualTo(Level.MEDIUM);
        assertThat(mine.at("a/b.yaml")).isSameAs(mine);
        assertThat(mine.at("deploy/x").overrides()).isEmpty();
        assertThat(mine.at("deploy/x").limits()).isEqualTo(mine.limits());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "extends: nobody                                            | extends: no policy is named",
                "extends: [default]                                         | extends: no policy is named",
                "limits: { look-back: PT1H }                                | mine: ",
                "extends: default; limits: { look-back: a month }           | mine: limits/look-back: ",
                "extends: default; reasons: { no-such: { points: 1 } }      | no-such",
                "extends: default; reasons: { valid: { standards: [X-1] } } | reasons/valid/standards/0: ",
                "extends: default; overrides: [{ paths: [a] }]              | overrides/0: has `paths` and `set`",
                "extends: default; overrides: [{ paths: [a], set: { extends: strict } }] | overrides/0/set: has neither",
                "extends: default; overrides: [{ paths: [], set: {} }]      | overrides/0/paths: ",
                "extends: default; overrides: [{ paths: [a], set: { levels: { high: 95 } } }] | levels must rise",
                "extends: default; overrides: [{ paths: [a], set: { nonsense: 1 } }] | nonsense",
                "extends: default; requirements: { allowed-algorithms: [RS256, RS999] } | mine: requirements/allowed-algorithms: nothing is signed with RS999",
                "extends: default; requirements: { allowed-algorithms: [es256] } | it is written ES256",
                "extends: default; requirements: { allowed-algorithms: [none] } | nothing is signed with none",
                "extends: default; overrides: [{ paths: [a], set: { requirements: { allowed-algorithms: [A256KW] } } }] | overrides/0/set/requirements/allowed-algorithms: nothing is signed with A256KW",
            })
    void namesWhatIsWrong(String yaml, String problem) {
        assertThatThrownBy(() -> read("id: mine\ntitle: Mine\n" + yaml.replace("; ", "\n")))
                .isInstanceOf(RuleFileException.class)
                .hasMessageStartingWith(folder.resolve("mine.yaml") + ": ")
                .hasMessageContaining(problem);
    }

    @Test
    void aPolicyThatExtendsItselfIsNone() {
        var policies =
                new java.util.LinkedHashMap<String, tools.jackson.databind.node.ObjectNode>();
        policies.put(
                "a.yaml", RuleMapper.json().createObjectNode().put("id", "a").put("extends", "b"));
        policies.put(
                "b.yaml", RuleMapper.json().createObjectNode().put("id", "b").put("extends", "a"));
        assertThatThrownBy(() -> PolicyFile.complete(policies))
                .hasMessage("a.yaml: extends itself");
    }

    private static Policy.Weight weight(Policy policy, ReasonCode code) {
        return Optional.ofNullable(policy.reasons().get(code)).orElseThrow();
    }

    private Policy read(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), yaml);
        return RuleReader.readPolicy(file, RULES.policies(), RULES.algorithms());
    }
}
