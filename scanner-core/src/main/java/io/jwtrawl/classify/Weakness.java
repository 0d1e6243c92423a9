package io.jwtrawl.classify;

import io.jwtrawl.rules.ReasonCode;

/// Something that is wrong with a token itself, wherever it lies.
///
/// @param text ours, never the token's
public record Weakness(ReasonCode code, String text) {}
