package io.jwtrawl.rules;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Every weight and limit of the rating, as a file under `rules/policies` sets them.
///
/// @param levels the lowest score of each level; info begins at 0
/// @param requirements what tokens must be like
/// @param standards what every leaked token offends against
/// @param reasons points and standards of each reason; a working state's points for privileges are in `working`
/// @param working what a token that works, will, or just did adds for being what it is
/// @param contexts points for the place that a token lay in
/// @param remedies what to do, where the token's family does not say it better
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
        Map<Remedy, String> remedies) {

    public static final int MAX_SCORE = 100;

    /// @param recentlyExpired so long after its expiry a token counts as still dangerous
    /// @param lookBack so long ago an exposure still matters
    /// @param clockSkew by so much clocks may differ
    /// @param longRemaining a token that works for longer than this weighs more
    /// @param lifetime the longest life that is acceptable, by kind of token
    public record Limits(
            Duration recentlyExpired,
            Duration lookBack,
            Duration clockSkew,
            Duration longRemaining,
            Map<TokenKind, Duration> lifetime) {}

    /// @param trustedIssuers globs of `iss`; empty if any may issue
    public record Requirements(List<Glob> trustedIssuers) {}

    /// Points may be negative.
    public record Weight(int points, List<String> standards) {}

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
}
