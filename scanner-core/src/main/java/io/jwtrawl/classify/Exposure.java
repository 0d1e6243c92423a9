package io.jwtrawl.classify;

import io.jwtrawl.rules.Privilege;
import io.jwtrawl.rules.SubjectKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a token opens, for whom and for how long, as its claims say.
///
/// @param lifetime from issue to expiry
/// @param remaining from the scan's instant to expiry; negative once it has expired
/// @param provider the id of the provider whose rules know the token
/// @param exposedWhileValid how long it both lay where it was found and worked
public record Exposure(
        ExposureState state,
        Optional<Instant> issuedAt,
        Optional<Instant> expiresAt,
        Optional<Duration> lifetime,
        Optional<Duration> remaining,
        Optional<String> issuer,
        Optional<String> provider,
        List<String> audience,
        List<String> scopes,
        Privilege privilege,
        SubjectKind subjectKind,
        Forgeability forgeable,
        boolean sample,
        Optional<Duration> exposedWhileValid) {}
