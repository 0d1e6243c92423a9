package io.jwtrawl.classify;

import io.jwtrawl.rules.Level;
import io.jwtrawl.rules.ReasonCode;
import java.util.List;
import java.util.stream.Collectors;

/// How bad a finding is and why; the points of the reasons add up to the score.
///
/// @param score from 0 to 100
/// @param standards the entries of CWE and of the OWASP NHI Top 10 that it offends against
/// @param remedy what to do now
public record Rating(
        Level level, int score, List<Reason> reasons, List<String> standards, String remedy) {

    public Rating {
        int sum = reasons.stream().mapToInt(Reason::points).sum();
        if (sum != score) {
            throw new IllegalArgumentException("reasons add up to " + sum + ", not to " + score);
        }
    }

    /// The reasons in one line, the cap on the score left out: it explains a number, not the token.
    public String inWords() {
        return reasons.stream()
                .filter(reason -> reason.code() != ReasonCode.CAPPED)
                .map(Reason::text)
                .collect(Collectors.joining("; "));
    }
}
