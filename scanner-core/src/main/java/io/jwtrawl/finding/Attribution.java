package io.jwtrawl.finding;

import io.jwtrawl.token.Sighting;
import java.util.List;
import java.util.function.Consumer;

/// Works out what is worth knowing of a place only once something was found there: the commits of a Git object, the age
/// of a file.
public interface Attribution {

    /// Replaces the sightings that it knows more about; others are passed through. One sighting may become several, and
    /// several one, where they turn out to be the same place. Called when all blobs were searched;
    /// where crawlers take turns in rounds, once for each round, about what was found in it.
    ///
    /// @param scan receives what could not be worked out; once it is cancelled, the rest is soon passed through as it is
    List<Sighting> attribute(List<Sighting> sightings, Scan scan);

    /// The scan that an attribution works for.
    interface Scan extends Consumer<Incident> {

        /// Whether nobody waits for all of the outcome any more.
        boolean isCancelled();
    }
}
