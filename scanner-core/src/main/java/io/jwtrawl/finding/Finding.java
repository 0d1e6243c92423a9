package io.jwtrawl.finding;

import io.jwtrawl.classify.Classification;
import io.jwtrawl.token.Sighting;

/// A token at one place, judged.
///
/// @param place how reports name the place
/// @param sprawl where else the token was found
/// @param fingerprint stays the same when the token moves to another line of the same file
public record Finding(
        Sighting sighting,
        Place place,
        Classification classification,
        Sprawl sprawl,
        Fingerprint fingerprint) {

    /// The same finding, its place called otherwise.
    public Finding at(Place named) {
        return new Finding(sighting, named, classification, sprawl, fingerprint);
    }
}
