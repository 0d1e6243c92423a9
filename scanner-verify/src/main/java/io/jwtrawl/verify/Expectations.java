package io.jwtrawl.verify;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What a token must say to be accepted.
///
/// @param issuer its `iss`, if that matters
/// @param audience one of its `aud`, if that matters
/// @param nonce what the proof of its holder must answer, if that is known
/// @param at the moment at which it is checked
/// @param clockSkew by so much clocks may differ
/// @param proofAge how old the proof of its holder may be, if that matters
public record Expectations(
        Optional<String> issuer,
        Optional<String> audience,
        Optional<String> nonce,
        Instant at,
        Duration clockSkew,
        Optional<Duration> proofAge) {

    /// Of a proof of its holder it matters only that there is nothing wrong with it.
    public Expectations(
            Optional<String> issuer, Optional<String> audience, Instant at, Duration clockSkew) {
        this(issuer, audience, Optional.empty(), at, clockSkew, Optional.empty());
    }
}
