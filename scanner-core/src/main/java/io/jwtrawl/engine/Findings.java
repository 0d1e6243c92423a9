package io.jwtrawl.engine;

import io.jwtrawl.classify.Classification;
import io.jwtrawl.classify.Classifier;
import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.Fingerprint;
import io.jwtrawl.finding.Place;
import io.jwtrawl.finding.Sprawl;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.rules.StorageContext;
import io.jwtrawl.token.Sighting;
import io.jwtrawl.token.TokenId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes findings out of sightings: one for each token and place, judged, counted and in order.
final class Findings {

    private static final Comparator<Finding> WORST_FIRST =
            Comparator.comparingInt((Finding finding) -> finding.classification().rating().score())
                    .reversed()
                    .thenComparing(finding -> finding.sighting().token().id())
                    .thenComparing(finding -> finding.place().source())
                    .thenComparing(
                            finding -> finding.place().uri().map(Object::toString).orElse(""))
                    .thenComparing(finding -> finding.place().path())
                    .thenComparing(finding -> String.join("\0", finding.place().inner()))
                    .thenComparingLong(finding -> finding.sighting().position().offset());

    private static final Comparator<Sighting> BY_PLAINNESS =
            Comparator.comparingInt((Sighting sighting) -> sighting.provenance().depth())
                    .thenComparingLong(sighting -> sighting.position().offset());

    private final RuleSet rules;
    private final Classifier classifier;

    Findings(RuleSet rules, Classifier classifier) {
        this.rules = rules;
        this.classifier = classifier;
    }

    List<Finding> of(List<Sighting> sightings) {
        Map<TokenId, Map<Place, Sighting>> places = new HashMap<>();
        for (Sighting sighting : sightings) {
            places.computeIfAbsent(sighting.token().id(), _ -> new LinkedHashMap<>())
                    .merge(
                            Place.of(sighting.provenance()).withoutEncoding(),
                            sighting,
                            Findings::plainer);
        }
        List<Finding> findings = new ArrayList<>();
        places.forEach((token, byPlace) -> {
            Sprawl sprawl = sprawl(byPlace.keySet());
            byPlace.values()
                    .forEach(sighting -> {
                        Place place = Place.of(sighting.provenance());
                        Classification classification =
                                classifier.classify(sighting, contextOf(place));
                        findings.add(
                                new Finding(
                                        sighting,
                                        place,
                                        classification,
                                        sprawl,
                                        Fingerprint.of(token, place)));
                    });
        });
        findings.sort(WORST_FIRST);
        return List.copyOf(findings);
    }

    private StorageContext contextOf(Place place) {
        StorageContext inner =
                place.inner().isEmpty()
                        ? StorageContext.UNKNOWN
                        : rules.contexts().contextOf(place.inner().getLast());
        return inner == StorageContext.UNKNOWN ? rules.contexts().contextOf(place.path()) : inner;
    }

    private static Sprawl sprawl(Set<Place> places) {
        Set<Path> repositories = new HashSet<>();
        places.forEach(place -> place.repository().ifPresent(repositories::add));
        return new Sprawl(places.size(), repositories.size());
    }

    /// One finding for each token and file: where it stands as it is, rather than in disguise, and first.
    private static Sighting plainer(Sighting a, Sighting b) {
        return BY_PLAINNESS.compare(a, b) <= 0 ? a : b;
    }
}
