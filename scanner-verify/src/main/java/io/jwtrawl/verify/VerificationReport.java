package io.jwtrawl.verify;

import io.jwtrawl.classify.Verification;
import io.jwtrawl.classify.Verification.Outcome;
import java.util.List;

/// What a check of one token found.
///
/// @param verification of its signature
/// @param problems of header and claims, in the order in which they are checked
public record VerificationReport(Verification verification, List<ClaimProblem> problems) {

    /// Whether whoever expects what was expected must accept the token.
    public boolean isAccepted() {
        return verification.outcome() == Outcome.VERIFIED && !isRefused();
    }

    /// Whether the token must be refused, whatever is not known of it.
    public boolean isRefused() {
        return verification.outcome().isRefused()
                || problems.stream().anyMatch(ClaimProblem::refuse);
    }
}
