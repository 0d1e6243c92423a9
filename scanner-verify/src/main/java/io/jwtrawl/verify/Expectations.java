package io.jwtrawl.verify;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What a token must say to be accepted.
///
/// @param issuer its `iss`, if that matters
/// @param audience one of its `aud`, if that matters
/// @param at the moment at which it is checked
/// @param clockSkew by so much clocks may differ
public record Expectations(
        Optional<String> issuer, Optional<String> audience, Instant at, Duration clockSkew) {}
