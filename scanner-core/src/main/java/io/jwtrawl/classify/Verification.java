package io.jwtrawl.classify;

import io.jwtrawl.rules.Level;
import io.jwtrawl.rules.Policy;
import io.jwtrawl.rules.ReasonCode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;

/// What a check of a token's signature against its issuer's keys came to.
///
/// @param detail why, on one line, without control characters
public record Verification(Outcome outcome, String detail) {

    /// Whether the token is genuine, and accepted today.
    public enum Outcome {
        /// A key of its issuer signed it.
        VERIFIED(ReasonCode.VERIFIED),
        /// The key that it names did not sign it, or it has no signature.
        BAD_SIGNATURE(ReasonCode.BAD_SIGNATURE),
        /// Its issuer has keys, but no longer the one that it names.
        KEY_GONE(ReasonCode.KEY_GONE),
        /// It is genuine, and its issuer says that it works no more (RFC 7662).
        INACTIVE(ReasonCode.INACTIVE),
        /// It is encrypted: there is nothing to check without its key.
        UNREADABLE(ReasonCode.NOT_VERIFIED),
        /// There was no key to check it with.
        UNKNOWN(ReasonCode.NOT_VERIFIED);

        private final ReasonCode reason;

        Outcome(ReasonCode reason) {
            this.reason = reason;
        }

        /// As reports spell it, such as `bad signature`.
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        /// Whether nobody who checks the token today accepts it.
        public boolean isRefused() {
            return switch (this) {
                case BAD_SIGNATURE, KEY_GONE, INACTIVE -> true;
                case VERIFIED, UNREADABLE, UNKNOWN -> false;
            };
        }
    }

    /// `rated` with this result among its reasons. A sample stays one, and so does a piece of a token; what anybody can
    /// forge is no better for not being accepted here.
    public Classification applyTo(Classification rated, Policy policy) {
        Rating rating = rated.rating();
        if (rated.exposure().sample()
                || isPartial(rating)
                || (outcome.isRefused() && isForgeable(rated))) {
            return rated;
        }
        List<Reason> reasons = new ArrayList<>(rating.reasons());
        reasons.removeIf(reason -> reason.code() == ReasonCode.CAPPED);
        Policy.Weight weight =
                policy.reasons().getOrDefault(outcome.reason, new Policy.Weight(0, List.of()));
        reasons.add(new Reason(outcome.reason, weight.points(), text(), weight.standards()));
        SequencedSet<String> standards = new LinkedHashSet<>(rating.standards());
        standards.addAll(weight.standards());
        int sum = reasons.stream().mapToInt(Reason::points).sum();
        int score = Math.clamp(sum, floor(rating, policy), Policy.MAX_SCORE);
        if (score != sum) {
            reasons.add(Reason.capped(score - sum, score));
        }
        return new Classification(
                rated.family(),
                rated.context(),
                rated.exposure(),
                new Rating(
                        policy.levelOf(score),
                        score,
                        List.copyOf(reasons),
                        List.copyOf(standards),
                        outcome.isRefused()
                                ? policy.remedies()
                                        .getOrDefault(Policy.Remedy.REFUSED, rating.remedy())
                                : rating.remedy()));
    }

    /// What was more than worth knowing stays so, whatever its issuer says today.
    private static int floor(Rating rating, Policy policy) {
        return Math.min(rating.score(), policy.levels().getOrDefault(Level.LOW, 0));
    }

    private static boolean isForgeable(Classification rated) {
        return switch (rated.exposure().forgeable()) {
            case ALG_NONE, WEAK_SECRET -> true;
            case NO, UNKNOWN -> false;
        };
    }

    private static boolean isPartial(Rating rating) {
        return rating.reasons().stream().anyMatch(reason -> reason.code() == ReasonCode.PARTIAL);
    }

    private String text() {
        return switch (outcome) {
            case VERIFIED -> "its signature is good: " + detail;
            case BAD_SIGNATURE -> "its signature is bad: " + detail;
            case KEY_GONE -> "its key is gone: " + detail;
            case INACTIVE -> "its issuer refuses it: " + detail;
            case UNREADABLE, UNKNOWN -> "not verified: " + detail;
        };
    }
}
