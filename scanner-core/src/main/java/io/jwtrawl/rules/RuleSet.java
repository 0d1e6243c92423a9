package io.jwtrawl.rules;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Everything under `rules/`: read once, validated, immutable.
///
/// @param shapes one automaton for the shapes of `tokens`, in their order
/// @param providers in the order in which they are tried
public record RuleSet(
        List<TokenRule> tokens,
        List<Provider> providers,
        List<SampleToken> samples,
        ScopeCatalogue scopes,
        ContextCatalogue contexts,
        List<Policy> policies,
        ShapeAutomaton shapes) {

    static final String COMPILED = "rules.json";

    /// Which provider and family a token belongs to.
    public record Origin(Provider provider, TokenFamily family) {}

    @JsonCreator
    static RuleSet of(
            List<TokenRule> tokens,
            List<Provider> providers,
            List<SampleToken> samples,
            ScopeCatalogue scopes,
            ContextCatalogue contexts,
            List<Policy> policies,
            @Nullable ShapeAutomaton shapes) {
        requireUniqueIds(tokens, providers, samples);
        return new RuleSet(
                tokens,
                providers,
                samples,
                scopes,
                contexts,
                policies,
                shapes == null ? ShapeAutomaton.compile(tokens) : shapes);
    }

    /// The rules that the program was built with.
    public static RuleSet builtIn() {
        return BuiltIn.RULES;
    }

    /// Rules as their files hold them, or with `shapes` compiled already.
    static RuleSet of(ObjectNode rules) {
        return RuleMapper.json().treeToValue(rules, RuleSet.class);
    }

    public Policy policy(String id) {
        return policies.stream()
                .filter(policy -> policy.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no policy is named " + id));
    }

    /// The provider and family of a token with these members, if a rule knows them.
    public Optional<Origin> originOf(ObjectNode header, ObjectNode claims) {
        for (Provider provider : providers) {
            for (TokenFamily family : provider.families()) {
                if (family.matches(header, claims)) {
                    return Optional.of(new Origin(provider, family));
                }
            }
        }
        return Optional.empty();
    }

    /// The published sample that a token is, or looks like.
    ///
    /// @param sha256 of the token's compact serialization, in lowercase hexadecimal
    public Optional<SampleToken> sampleOf(String sha256, ObjectNode claims) {
        return samples.stream()
                .filter(sample ->
                        sample.sha256().filter(sha256::equals).isPresent()
                                || sample.hasShapeOf(claims))
                .findFirst();
    }

    private static void requireUniqueIds(
            List<TokenRule> tokens, List<Provider> providers, List<SampleToken> samples) {
        Map<String, String> seen = new HashMap<>();
        tokens.forEach(rule -> claim(seen, rule.id(), "token rule"));
        providers.forEach(provider -> {
            claim(seen, "provider " + provider.id(), "provider");
            provider.families()
                    .forEach(family -> claim(seen, family.id(), "family of " + provider.id()));
        });
        samples.forEach(sample -> claim(seen, "sample " + sample.id(), "sample"));
    }

    private static void claim(Map<String, String> seen, String id, String what) {
        String previous = seen.put(id, what);
        if (previous != null) {
            throw new IllegalArgumentException(
                    "id " + id + " is used by a " + previous + " and by a " + what);
        }
    }

    private static final class BuiltIn {
        static final RuleSet RULES = load();

        private static RuleSet load() {
            try (InputStream compiled = RuleSet.class.getResourceAsStream(COMPILED)) {
                if (compiled == null) {
                    throw new IllegalStateException("this build holds no " + COMPILED);
                }
                return RuleMapper.json().readValue(compiled, RuleSet.class);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
