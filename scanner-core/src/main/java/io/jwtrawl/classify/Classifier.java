package io.jwtrawl.classify;

import io.jwtrawl.rules.Policy;
import io.jwtrawl.rules.Privilege;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.rules.RuleSet.Origin;
import io.jwtrawl.rules.StorageContext;
import io.jwtrawl.rules.SubjectKind;
import io.jwtrawl.rules.TokenFamily;
import io.jwtrawl.token.Claims;
import io.jwtrawl.token.Sighting;
import io.jwtrawl.token.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// Judges what was found: a pure function of the sighting, the rules, the policy and one instant.
public final class Classifier {

    private final RuleSet rules;
    private final Policy policy;
    private final Instant now;

    /// @param now the instant at which every token of the scan is judged
    public Classifier(RuleSet rules, Policy policy, Instant now) {
        this.rules = rules;
        this.policy = policy;
        this.now = now;
    }

    /// @param context what kind of place the token lay in
    public Classification classify(Sighting sighting, StorageContext context) {
        Token token = sighting.token();
        Optional<Claims> claims = token.claims();
        ObjectNode all = claims.map(Claims::all).orElseGet(() -> token.header().objectNode());
        Optional<Origin> origin = originOf(token, all);
        Optional<TokenFamily> family = origin.map(Origin::family);
        Lifetime lifetime = Lifetime.of(claims, now, policy.limits().clockSkew());
        List<String> scopes = Scopes.of(all, rules.scopes());

        Exposure exposure =
                new Exposure(
                        stateOf(lifetime),
                        claims.flatMap(Claims::issuedAt),
                        claims.flatMap(Claims::expiresAt),
                        claims.flatMap(Classifier::lifetimeOf),
                        claims.flatMap(Claims::expiresAt)
                                .map(expiry -> Duration.between(now, expiry)),
                        claims.flatMap(Claims::issuer),
                        origin.map(found -> found.provider().id()),
                        claims.map(Claims::audience).orElse(List.of()),
                        scopes,
                        privilegeOf(family, scopes),
                        subjectKindOf(family, claims),
                        forgeabilityOf(token),
                        rules.isSample(token.id().hex(), all),
                        exposedWhileValid(sighting.since(), claims));
        return new Classification(
                family.map(TokenFamily::id).orElseGet(() -> token.rule().familyId()),
                context,
                exposure,
                new Rater(policy).rate(token, lifetime, exposure, context, family));
    }

    /// A piece of a token belongs to nobody: what is missing may say otherwise.
    private Optional<Origin> originOf(Token token, ObjectNode claims) {
        return token.isPartial()
                ? Optional.empty()
                : rules.originOf(
                        Optional.of(token.rule().id()).filter(_ -> token instanceof Token.Wrapped),
                        token.header(),
                        claims);
    }

    private static ExposureState stateOf(Lifetime lifetime) {
        return switch (lifetime) {
            case Lifetime.Unlimited() -> ExposureState.NO_EXPIRY;
            case Lifetime.Live(_) -> ExposureState.VALID;
            case Lifetime.NotYet(_) -> ExposureState.NOT_YET_VALID;
            case Lifetime.Expired(_) -> ExposureState.EXPIRED;
            case Lifetime.Unknown() -> ExposureState.UNREADABLE;
        };
    }

    private static Optional<Duration> lifetimeOf(Claims claims) {
        return claims.issuedAt()
                .or(claims::notBefore)
                .flatMap(begin -> claims.expiresAt().map(expiry -> Duration.between(begin, expiry)))
                .filter(Duration::isPositive);
    }

    private Privilege privilegeOf(Optional<TokenFamily> family, List<String> scopes) {
        if (family.filter(TokenFamily::publicByDesign).isPresent()) {
            return Privilege.PUBLIC;
        }
        Privilege stated = Scopes.privilege(scopes, rules.scopes());
        Privilege usual = family.map(TokenFamily::privilege).orElse(Privilege.UNKNOWN);
        return stated == Privilege.UNKNOWN
                ? usual
                : stated == Privilege.PUBLIC ? stated : Scopes.higher(stated, usual);
    }

    private static SubjectKind subjectKindOf(
            Optional<TokenFamily> family, Optional<Claims> claims) {
        return family.map(TokenFamily::subject)
                .filter(kind -> kind != SubjectKind.UNKNOWN)
                .or(() -> claims.map(Subjects::of))
                .orElse(SubjectKind.UNKNOWN);
    }

    private static Forgeability forgeabilityOf(Token token) {
        return switch (token) {
            case Token.Unsecured _ -> Forgeability.ALG_NONE;
            case Token.Encrypted _ -> Forgeability.UNKNOWN;
            case Token.Wrapped _ -> Forgeability.NO;
            // Whoever guesses the key of an HMAC can sign; a public key signs nothing.
            case Token.Signed _ ->
                    token.alg().startsWith("HS") ? Forgeability.UNKNOWN : Forgeability.NO;
        };
    }

    /// From when the token both lay there and worked, until it expired or now.
    private Optional<Duration> exposedWhileValid(Optional<Instant> since, Optional<Claims> claims) {
        if (since.isEmpty() || claims.isEmpty()) {
            return Optional.empty();
        }
        Instant begin =
                Stream.of(since, claims.get().notBefore())
                        .flatMap(Optional::stream)
                        .max(Instant::compareTo)
                        .orElse(now);
        Instant end = claims.get().expiresAt().filter(now::isAfter).orElse(now);
        return Optional.of(begin.isBefore(end) ? Duration.between(begin, end) : Duration.ZERO);
    }
}
