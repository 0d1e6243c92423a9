package io.jwtrawl.git;

import io.jwtrawl.source.Provenance;
import io.jwtrawl.token.Sighting;
import io.jwtrawl.token.TokenId;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Tells which staged tokens a history has at the same path already, so that they are not reported twice.
final class StagedPlaces {

    private StagedPlaces() {}

    record Spot(Path repository, TokenId token, String path) {

        // Those that a record has by itself take milliseconds to make.

        @Override
        public boolean equals(Object other) {
            return other instanceof Spot spot
                    && path.equals(spot.path)
                    && token.equals(spot.token)
                    && repository.equals(spot.repository);
        }

        @Override
        public int hashCode() {
            return 31 * path.hashCode() + token.hashCode();
        }
    }

    static Set<Spot> committed(List<Sighting> attributed) {
        Set<Spot> spots = new HashSet<>();
        for (Sighting sighting : attributed) {
            if (sighting.provenance().outermost()
                    instanceof Provenance.CommittedFile(var repository, _, var path, _)) {
                spots.add(new Spot(repository, sighting.token().id(), path));
            }
        }
        return spots;
    }

    static boolean isAmong(Set<Spot> committed, Sighting sighting) {
        return sighting.provenance().outermost()
                        instanceof Provenance.StagedFile(var repository, _, var path)
                && committed.contains(new Spot(repository, sighting.token().id(), path));
    }
}
