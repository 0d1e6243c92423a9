package io.jwtrawl.classify;

import io.jwtrawl.rules.StorageContext;

/// The judgement on one sighting of a token.
///
/// @param family the id of the rule that names this kind of token best
public record Classification(
        String family, StorageContext context, Exposure exposure, Rating rating) {}
