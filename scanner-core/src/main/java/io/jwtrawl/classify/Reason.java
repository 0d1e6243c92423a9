package io.jwtrawl.classify;

import io.jwtrawl.rules.Policy;
import io.jwtrawl.rules.ReasonCode;

/// One point of a rating. The text is ours, never the token's.
public record Reason(ReasonCode code, int points, String text) {

    /// What brings a sum of points back to a score.
    ///
    /// @param score the lowest or the highest that there may be
    static Reason capped(int points, int score) {
        return new Reason(
                ReasonCode.CAPPED,
                points,
                points > 0 ? "not below " + score : "not above " + Policy.MAX_SCORE);
    }
}
