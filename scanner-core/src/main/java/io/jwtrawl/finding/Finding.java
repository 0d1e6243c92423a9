package io.jwtrawl.finding;

import io.jwtrawl.classify.Classification;
import io.jwtrawl.token.Sighting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    /// What lies in the outermost carrier, outermost first: members of containers, and the part of the innermost file.
    public List<String> inner() {
        Optional<String> part = sighting.part();
        if (part.isEmpty()) {
            return place.inner();
        }
        List<String> inner = new ArrayList<>(place.inner());
        inner.add(part.get());
        return inner;
    }

    /// The same finding, its place called otherwise.
    public Finding at(Place named) {
        return new Finding(sighting, named, classification, sprawl, fingerprint);
    }
}
