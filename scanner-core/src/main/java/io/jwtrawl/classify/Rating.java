package io.jwtrawl.classify;

import io.jwtrawl.rules.Level;
import io.jwtrawl.rules.ReasonCode;
import java.util.List;
import java.util.stream.Collectors;

/// How bad a finding is and why; the points of the reasons add up to the score.
///
/// @param score from 0 to 100
/// @param standards the entries of published lists that it offends against, such as those of CWE
/// @param remedy what to do now
public record Rating(
        Level level, int score, List<Reason> reasons, List<String> standards, String remedy) {

    public Rating {
        int sum = reasons.stream().mapToInt(Reason::points).sum();
        if (sum != score) {
            throw new IllegalArgumentException("reasons add up to " + sum + ", not to " + score);
        }
    }

    /// The reasons in one line. The cap on the score is left out, which explains a number, not the token, and so is what is
    /// unclean about a token, and how long it lay open, where that counts nothing.
    public String inWords() {
        return reasons.stream()
                .filter(reason ->
                        reason.code() != ReasonCode.CAPPED
                                && (reason.points() != 0 || !isQuiet(reason.code())))
                .map(Reason::text)
                .collect(Collectors.joining("; "));
    }

    private static boolean isQuiet(ReasonCode code) {
        return code.isHygiene() || code == ReasonCode.EXPOSED_WHILE_VALID;
    }
}
