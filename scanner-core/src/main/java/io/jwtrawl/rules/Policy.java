package io.jwtrawl.rules;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every weight and limit of the rating, as a file under `rules/policies` sets them.
///
/// @param levels the lowest score of each level; info begins at 0
/// @param requirements what tokens must be like
/// @param standards what every leaked token offends against
/// @param reasons points and standards of each reason; a working state's points for privileges are in `working`
/// @param working what a token that works, will, or just did adds for being what it is
/// @param contexts points for the place that a token lay in
/// @param remedies what to do, where the token's family does not say it better
/// @param overrides policies for some paths; the first that fits holds
public record Policy(
        String id,
        String title,
        Map<Level, Integer> levels,
        Limits limits,
        Requirements requirements,
        List<String> standards,
        Map<ReasonCode, Weight> reasons,
        Map<WorkingState, Map<ReasonCode, Integer>> working,
        Map<StorageContext, Integer> contexts,
        Map<Remedy, String> remedies,
        List<PathOverride> overrides) {

    public static final int MAX_SCORE = 100;

    /// @param recentlyExpired so long after its expiry a token counts as still dangerous
    /// @param lookBack so long ago an exposure still matters
    /// @param clockSkew by so much clocks may differ
    /// @param longRemaining a token that works for longer than this weighs more
    /// @param rsaKeyBits an RSA key below this size is too small
    /// @param proofAge how old the proof of an SD-JWT's holder may be; of any age if empty
    /// @param lifetime the longest life that is acceptable, by kind of token
    public record Limits(
            Duration recentlyExpired,
            Duration lookBack,
            Duration clockSkew,
            Duration longRemaining,
            int rsaKeyBits,
            Optional<Duration> proofAge,
            Map<TokenKind, Duration> lifetime) {}

    /// @param trustedIssuers globs of `iss`; empty if any may issue
    /// @param allowedAlgorithms values of `alg`; empty if any is allowed
    /// @param requiredClaims by kind of token
    public record Requirements(
            List<Glob> trustedIssuers,
            List<String> allowedAlgorithms,
            Map<TokenKind, List<String>> requiredClaims) {

        boolean trusts(String issuer) {
            for (Glob glob : trustedIssuers) {
                if (glob.matches(issuer)) {
                    return true;
                }
            }
            return trustedIssuers.isEmpty();
        }
    }

    /// Points may be negative.
    public record Weight(int points, List<String> standards) {}

    /// @param policy what holds for tokens under these paths; it has no overrides of its own
    public record PathOverride(List<PathGlob> paths, Policy policy) {}

    /// The states in which a token opens something: now, soon, or wherever a clock is late.
    public enum WorkingState {
        NO_EXPIRY,
        VALID,
        NOT_YET_VALID,
        EXPIRED_RECENTLY
    }

    /// The situations that a general remedy exists for.
    public enum Remedy {
        WORKING,
        EXPIRED,
        FORGEABLE,
        WEAK_SECRET,
        UNREADABLE,
        SAMPLE,
        PARTIAL,
        REFUSED
    }

    public Policy {
        for (ReasonCode code : ReasonCode.values()) {
            if (!reasons.containsKey(code)) {
                throw new IllegalArgumentException("reasons has no " + code.text());
            }
        }
        int previous = 0;
        for (Level level : List.of(Level.LOW, Level.MEDIUM, Level.HIGH, Level.CRITICAL)) {
            Integer least = levels.get(level);
            if (least == null || least <= previous || least > MAX_SCORE) {
                throw new IllegalArgumentException(
                        "levels must rise from low to critical, within 1 to " + MAX_SCORE);
            }
            previous = least;
        }
        levels = new EnumMap<>(levels);
    }

    /// The level that `score` falls into.
    public Level levelOf(int score) {
        Level reached = Level.INFO;
        for (Level level : Level.values()) {
            if (level != Level.INFO && score >= levels.getOrDefault(level, Integer.MAX_VALUE)) {
                reached = level;
            }
        }
        return reached;
    }

    /// Whether the policy lets anybody of this name issue tokens.
    public boolean trusts(String issuer) {
        return requirements.trusts(issuer);
    }

    /// The policy that holds for a token at `path`, with `/` between its names.
    public Policy at(String path) {
        for (PathOverride override : overrides) {
            for (PathGlob glob : override.paths()) {
                if (glob.matches(path)) {
                    return override.policy();
                }
            }
        }
        return this;
    }
}
