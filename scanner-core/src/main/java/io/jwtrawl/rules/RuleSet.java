package io.jwtrawl.rules;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Everything under `rules/`: read once, validated, immutable.
///
/// What it takes to find where tokens may be is there from the start; what it takes to look closer and to judge them is made
/// when there is something to look at.
public final class RuleSet {

    static final String COMPILED = "rules.json";

    private final List<TokenRule> tokens;
    private final List<Encoding> encodings;
    private final AlgorithmCatalogue algorithms;
    private final List<Needle> needles;
    private final Supplier<Detection> detection;
    private final Supplier<List<Policy>> policies;
    private final Supplier<Knowledge> knowledge;
    private final Supplier<Origins> origins;
    private final Supplier<SecretList> weakSecrets;
    private final Optional<Path> wordlist;

    /// What is known of issuers, published samples, scopes, storage places, personal data and the rest that it takes to
    /// judge a token.
    ///
    /// @param providers in the order in which they are tried
    record Knowledge(
            List<Provider> providers,
            SampleCatalogue samples,
            ScopeCatalogue scopes,
            ContextCatalogue contexts,
            PersonalClaims personal,
            TraitCatalogue traits,
            NeighbourCatalogue neighbours,
            List<Taxonomy> standards) {}

    /// Which provider and family a token belongs to.
    public record Origin(Provider provider, TokenFamily family) {}

    /// @param algorithms the registered ones
    /// @param needles what to look for in blobs, compiled from `tokens` and `encodings`
    /// @param detection asked once, when one of them is found
    /// @param policies asked once, when something is to be judged
    /// @param knowledge asked once, when something is to be judged
    RuleSet(
            List<TokenRule> tokens,
            List<Encoding> encodings,
            AlgorithmCatalogue algorithms,
            List<Needle> needles,
            Supplier<Detection> detection,
            Supplier<List<Policy>> policies,
            Supplier<Knowledge> knowledge) {
        this.tokens = tokens;
        this.encodings = encodings;
        this.algorithms = algorithms;
        this.needles = needles;
        this.detection = new Once<>(detection);
        this.policies = new Once<>(policies);
        this.knowledge = new Once<>(knowledge);
        origins = new Once<>(() -> new Origins(providers()));
        weakSecrets = new Once<>(SecretFile::builtIn);
        wordlist = Optional.empty();
    }

    private RuleSet(RuleSet other, Supplier<SecretList> weakSecrets, Optional<Path> wordlist) {
        tokens = other.tokens;
        encodings = other.encodings;
        algorithms = other.algorithms;
        needles = other.needles;
        detection = other.detection;
        policies = other.policies;
        knowledge = other.knowledge;
        origins = other.origins;
        this.weakSecrets = weakSecrets;
        this.wordlist = wordlist;
    }

    /// The same with other weak secrets, which `secrets` makes once they are needed.
    RuleSet withWeakSecrets(Supplier<SecretList> secrets) {
        return new RuleSet(this, new Once<>(secrets), wordlist);
    }

    /// The same with more weak secrets: each line of `file` is one, as it stands there.
    public RuleSet withWordlist(Path file) {
        return new RuleSet(this, weakSecrets, Optional.of(file));
    }

    @JsonCreator
    static RuleSet of(
            List<TokenRule> tokens,
            List<Encoding> encodings,
            AlgorithmCatalogue algorithms,
            List<Provider> providers,
            List<SampleToken> samples,
            ScopeCatalogue scopes,
            ContextCatalogue contexts,
            PersonalClaims personal,
            TraitCatalogue traits,
            NeighbourCatalogue neighbours,
            List<Taxonomy> standards,
            List<Policy> policies,
            @Nullable List<Needle> needles,
            @Nullable Detection detection) {
        requireUniqueIds(tokens, encodings, providers, samples);
        var knowledge =
                new Knowledge(
                        providers,
                        SampleCatalogue.of(samples),
                        scopes,
                        contexts,
                        personal,
                        traits,
                        neighbours,
                        standards);
        var compiler = new NeedleCompiler(tokens, encodings);
        List<Needle> outer = needles == null ? compiler.outer() : needles;
        Detection rest =
                detection == null ? Detection.compile(tokens, encodings, compiler) : detection;
        return new RuleSet(
                tokens, encodings, algorithms, outer, () -> rest, () -> policies, () -> knowledge);
    }

    /// The rules that the program was built with, without their examples.
    public static RuleSet builtIn() {
        return BuiltIn.RULES;
    }

    /// The same with their examples, which takes longer to load.
    public static RuleSet builtInWithExamples() {
        try (InputStream compiled = RuleSet.class.getResourceAsStream(COMPILED)) {
            if (compiled == null) {
                throw new IllegalStateException("this build holds no " + COMPILED);
            }
            return RuleMapper.json().readValue(compiled, RuleSet.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Rules as their files hold them, or with `detection` compiled already.
    static RuleSet of(ObjectNode rules) {
        return RuleMapper.json().treeToValue(rules, RuleSet.class);
    }

    public List<TokenRule> tokens() {
        return tokens;
    }

    public List<Encoding> encodings() {
        return encodings;
    }

    public AlgorithmCatalogue algorithms() {
        return algorithms;
    }

    /// What to look for in blobs.
    public List<Needle> needles() {
        return needles;
    }

    /// What to look at them with. Made when asked for the first time.
    public Detection detection() {
        return detection.get();
    }

    /// Made when asked for the first time.
    public List<Policy> policies() {
        return policies.get();
    }

    public List<Provider> providers() {
        return knowledge().providers();
    }

    /// Reads more than a scan needs.
    public List<SampleToken> samples() {
        return knowledge().samples().all();
    }

    public ScopeCatalogue scopes() {
        return knowledge().scopes();
    }

    public ContextCatalogue contexts() {
        return knowledge().contexts();
    }

    public PersonalClaims personal() {
        return knowledge().personal();
    }

    public TraitCatalogue traits() {
        return knowledge().traits();
    }

    public NeighbourCatalogue neighbours() {
        return knowledge().neighbours();
    }

    /// The lists whose entries policies name.
    public List<Taxonomy> standards() {
        return knowledge().standards();
    }

    /// Signing secrets that everybody knows, the commonest first. Read when asked for the first time.
    public SecretList weakSecrets() {
        return weakSecrets.get();
    }

    /// A file of more weak secrets, one a line.
    public Optional<Path> wordlist() {
        return wordlist;
    }

    Knowledge knowledge() {
        return knowledge.get();
    }

    public Policy policy(String id) {
        return policies().stream()
                .filter(policy -> policy.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no policy is named " + id));
    }

    /// The provider and family of a token with these members, if a rule knows them.
    ///
    /// @param wrapped the token rule, if the token is no JWT
    public Optional<Origin> originOf(
            Optional<String> wrapped, ObjectNode header, ObjectNode claims) {
        return origins.get().of(wrapped, header, claims);
    }

    /// Whether a token is a published sample, or looks like one.
    ///
    /// @param sha256 of the token's compact serialization, in lowercase hexadecimal
    public boolean isSample(String sha256, ObjectNode claims) {
        return knowledge().samples().contains(sha256, claims);
    }

    /// The published sample that a token is, or looks like; it takes longer than [#isSample].
    ///
    /// @param sha256 of the token's compact serialization, in lowercase hexadecimal
    public Optional<SampleToken> sampleOf(String sha256, ObjectNode claims) {
        return knowledge().samples().find(sha256, claims);
    }

    private static void requireUniqueIds(
            List<TokenRule> tokens,
            List<Encoding> encodings,
            List<Provider> providers,
            List<SampleToken> samples) {
        Map<String, String> seen = new HashMap<>();
        encodings.forEach(rule -> claim(seen, "encoding " + rule.id(), "encoding"));
        tokens.forEach(rule -> claim(seen, rule.id(), "token rule"));
        providers.forEach(provider -> {
            claim(seen, "provider " + provider.id(), "provider");
            provider.families().stream()
                    .filter(family -> !family.token().equals(Optional.of(family.id())))
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

        /// The class is made after this one.
        private static RuleSet load() {
            try {
                String name = RuleSet.class.getPackageName() + "." + RuleSource.CLASS_NAME;
                return Class.forName(name)
                        .asSubclass(RuleConstants.class)
                        .getDeclaredConstructor()
                        .newInstance()
                        .get();
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("this build holds no rules", e);
            }
        }
    }
}
