package io.jwtrawl.classify;

import io.jwtrawl.rules.Policy;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.rules.StorageContext;
import io.jwtrawl.rules.TokenFamily;
import io.jwtrawl.token.Claims;
import io.jwtrawl.token.Sighting;
import io.jwtrawl.token.Token;
import io.jwtrawl.token.TokenId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Judges what was found: a pure function of the token, its place, the rules, the policy and one instant.
public final class Classifier {

    private final RuleSet rules;
    private final Policy policy;
    private final Instant now;
    private final Map<TokenId, WeakSecret> weakSecrets;

    /// @param now the instant at which every token of the scan is judged
    public Classifier(RuleSet rules, Policy policy, Instant now) {
        this(rules, policy, now, Map.of());
    }

    /// @param weakSecrets the secrets that are known to have signed tokens
    public Classifier(
            RuleSet rules, Policy policy, Instant now, Map<TokenId, WeakSecret> weakSecrets) {
        this.rules = rules;
        this.policy = policy;
        this.now = now;
        this.weakSecrets = weakSecrets;
    }

    /// @param context what kind of place the token lay in
    public Classification classify(Sighting sighting, StorageContext context) {
        return classify(profile(sighting.token()), "", context, sighting.since());
    }

    /// What is the same for all places of a token.
    public Profile profile(Token token) {
        return Profile.of(token, Optional.ofNullable(weakSecrets.get(token.id())), rules);
    }

    /// @param path where the token lay, for policies that make exceptions
    /// @param context what kind of place that is
    /// @param firstSeen since when the token has been lying anywhere
    public Classification classify(
            Profile profile, String path, StorageContext context, Optional<Instant> firstSeen) {
        Token token = profile.token();
        Policy local = policy.at(path);
        Optional<Claims> claims = token.claims();
        Lifetime lifetime = Lifetime.of(claims, now, local.limits().clockSkew());
        var exposure =
                new Exposure(
                        lifetime.state(),
                        claims.flatMap(Claims::issuedAt),
                        claims.flatMap(Claims::notBefore),
                        claims.flatMap(Claims::expiresAt),
                        claims.flatMap(Classifier::lifetimeOf),
                        claims.flatMap(Claims::expiresAt)
                                .map(expiry -> Duration.between(now, expiry)),
                        claims.flatMap(Claims::issuer),
                        profile.origin().map(found -> found.provider().id()),
                        profile.kind(),
                        claims.map(Claims::audience).orElse(List.of()),
                        profile.grants(),
                        profile.privilege(),
                        profile.subjectKind(),
                        profile.subjectEvidence(),
                        profile.forgeable(),
                        profile.sample(),
                        firstSeen,
                        claims.flatMap(said -> exposedWhileValid(firstSeen, said)));
        return new Classification(
                profile.family().map(TokenFamily::id).orElseGet(() -> token.rule().familyId()),
                context,
                exposure,
                new Rater(local)
                        .rate(profile, lifetime, exposure, weaknesses(profile, local), context));
    }

    private List<Weakness> weaknesses(Profile profile, Policy local) {
        Token token = profile.token();
        List<Weakness> found = new ArrayList<>();
        HeaderWeaknesses.find(token.header(), local.limits().rsaKeyBits(), found);
        AlgorithmWeaknesses.find(token, local, found);
        found.addAll(profile.sensitive());
        if (!(token instanceof Token.Wrapped)) {
            token.claims()
                    .ifPresent(claims ->
                            ClaimWeaknesses.find(claims, profile.kind(), local, now, found));
        }
        return found;
    }

    private static Optional<Duration> lifetimeOf(Claims claims) {
        return claims.issuedAt()
                .or(claims::notBefore)
                .flatMap(begin -> claims.expiresAt().map(expiry -> Duration.between(begin, expiry)))
                .filter(Duration::isPositive);
    }

    /// From when the token both lay somewhere and worked, until it expired or now.
    private Optional<Duration> exposedWhileValid(Optional<Instant> firstSeen, Claims claims) {
        if (firstSeen.isEmpty()) {
            return Optional.empty();
        }
        Instant begin = later(later(firstSeen.get(), claims.notBefore()), claims.issuedAt());
        Instant end = claims.expiresAt().filter(now::isAfter).orElse(now);
        return Optional.of(begin.isBefore(end) ? Duration.between(begin, end) : Duration.ZERO);
    }

    private static Instant later(Instant a, Optional<Instant> b) {
        return b.isPresent() && b.get().isAfter(a) ? b.get() : a;
    }
}
