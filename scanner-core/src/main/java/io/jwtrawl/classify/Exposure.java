package io.jwtrawl.classify;

import io.jwtrawl.rules.Privilege;
import io.jwtrawl.rules.SubjectKind;
import io.jwtrawl.rules.TokenKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a token opens, for whom and for how long, as its claims say.
///
/// @param lifetime from issue to expiry
/// @param remaining from the scan's instant to expiry; negative once it has expired
/// @param provider the id of the provider whose rules know the token
/// @param kind what it is for
/// @param grants what it says it may do, the most privileged first
/// @param subjectEvidence the claims that tell whom it speaks for; empty if its family does, or nothing
/// @param firstSeen since when it has been lying anywhere that was searched, as far as that is known
/// @param exposedWhileValid how long it both lay there and worked
public record Exposure(
        ExposureState state,
        Optional<Instant> issuedAt,
        Optional<Instant> notBefore,
        Optional<Instant> expiresAt,
        Optional<Duration> lifetime,
        Optional<Duration> remaining,
        Optional<String> issuer,
        Optional<String> provider,
        TokenKind kind,
        List<String> audience,
        List<Grant> grants,
        Privilege privilege,
        SubjectKind subjectKind,
        List<String> subjectEvidence,
        Forgeability forgeable,
        boolean sample,
        Optional<Instant> firstSeen,
        Optional<Duration> exposedWhileValid) {

    /// More than these are not told apart in reports.
    private static final int MAX_SCOPES = 200;

    /// The scopes of the grants, the most privileged first; of very many only the first.
    public List<String> scopes() {
        return grants.stream().limit(MAX_SCOPES).map(Grant::scope).toList();
    }
}
