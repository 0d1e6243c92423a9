package io.jwtrawl.engine;

import io.jwtrawl.source.Provenance;
import io.jwtrawl.token.Sighting;
import io.jwtrawl.token.TokenId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Knows which tokens were seen in a member of a container. What could not be unpacked to its end is searched itself too,
/// and may show the same token once more.
final class Containment {

    private final List<Sighting> sightings;

    /// For each token, the containers that hold it in a member.
    private final Map<TokenId, Set<Provenance>> containers = new HashMap<>();

    Containment(List<Sighting> sightings) {
        this.sightings = sightings;
        for (Sighting sighting : sightings) {
            for (Provenance outer = outer(carrier(sighting.provenance()));
                    outer != null;
                    outer = outer(outer)) {
                containers.computeIfAbsent(sighting.token().id(), _ -> new HashSet<>()).add(outer);
            }
        }
    }

    /// Every sighting that is not one of a container in a member of which the same token was seen.
    List<Sighting> innermost() {
        if (containers.isEmpty()) {
            return sightings;
        }
        List<Sighting> innermost = new ArrayList<>();
        for (Sighting sighting : sightings) {
            Set<Provenance> holders = containers.get(sighting.token().id());
            if (holders == null || !holders.contains(carrier(sighting.provenance()))) {
                innermost.add(sighting);
            }
        }
        return innermost;
    }

    /// The file that a disguise stands in.
    private static Provenance carrier(Provenance provenance) {
        Provenance carrier = provenance;
        while (carrier instanceof Provenance.Decoded(var container, _, _)) {
            carrier = container;
        }
        return carrier;
    }

    private static @org.jspecify.annotations.Nullable Provenance outer(Provenance provenance) {
        if (provenance instanceof Provenance.Member(var container, _, _)) {
            return container;
        }
        return provenance instanceof Provenance.Expanded(var container, _) ? container : null;
    }
}
