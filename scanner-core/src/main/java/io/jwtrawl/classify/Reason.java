package io.jwtrawl.classify;

import io.jwtrawl.rules.Policy;
import io.jwtrawl.rules.ReasonCode;
import java.util.List;

/// One point of a rating. The text is ours, never the token's.
///
/// @param standards the entries of published lists that speak of it
public record Reason(ReasonCode code, int points, String text, List<String> standards) {

    /// What brings a sum of points back to a score.
    ///
    /// @param score the lowest or the highest that there may be
    static Reason capped(int points, int score) {
        return new Reason(
                ReasonCode.CAPPED,
                points,
                points > 0 ? "not below " + score : "not above " + Policy.MAX_SCORE,
                List.of());
    }
}
