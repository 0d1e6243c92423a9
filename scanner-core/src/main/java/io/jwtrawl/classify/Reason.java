package io.jwtrawl.classify;

import io.jwtrawl.rules.ReasonCode;

/// One point of a rating. The text is ours, never the token's.
public record Reason(ReasonCode code, int points, String text) {}
