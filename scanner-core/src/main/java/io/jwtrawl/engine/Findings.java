package io.jwtrawl.engine;

import io.jwtrawl.classify.Classification;
import io.jwtrawl.classify.Classifier;
import io.jwtrawl.classify.Profile;
import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.Fingerprint;
import io.jwtrawl.finding.Place;
import io.jwtrawl.finding.Sprawl;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.rules.StorageContext;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.token.Sighting;
import io.jwtrawl.token.Token;
import io.jwtrawl.token.TokenId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Makes findings out of sightings: one for each token and place, judged, counted and in order.
final class Findings {

    private final RuleSet rules;
    private final Classifier classifier;
    private final Crew crew;
    private final Instant now;
    private final Map<String, StorageContext> contexts = new ConcurrentHashMap<>();

    /// @param now the instant of the scan
    Findings(RuleSet rules, Classifier classifier, Crew crew, Instant now) {
        this.now = now;
        this.rules = rules;
        this.classifier = classifier;
        this.crew = crew;
    }

    List<Finding> of(List<Sighting> sightings) throws InterruptedException {
        Map<TokenId, Map<Place, Sighting>> places = new HashMap<>();
        for (Sighting sighting : new Containment(sightings).innermost()) {
            places.computeIfAbsent(sighting.token().id(), _ -> new LinkedHashMap<>())
                    .merge(
                            Place.of(sighting.provenance()).withoutEncoding(),
                            sighting,
                            Findings::plainer);
        }
        var kinship = new Kinship();
        places.values().forEach(byPlace -> kinship.add(tokenOf(byPlace), byPlace.keySet()));
        List<Map<Place, Sighting>> tokens = List.copyOf(places.values());
        List<Finding> findings = Collections.synchronizedList(new ArrayList<>());
        crew.share((thread, threads) -> {
            List<Finding> own = new ArrayList<>();
            for (int i = thread; i < tokens.size(); i += threads) {
                try {
                    judge(tokens.get(i), kinship, own);
                } catch (RuntimeException e) {
                    crew.failed(e); // a defect of ours must not cost the other tokens
                }
            }
            findings.addAll(own);
        });
        findings.sort(Findings::worstFirst);
        return List.copyOf(findings);
    }

    private void judge(Map<Place, Sighting> byPlace, Kinship kinship, List<Finding> findings) {
        Token token = tokenOf(byPlace);
        Profile profile = classifier.profile(token);
        Sprawl sprawl = kinship.sprawl(token, byPlace.keySet());
        Optional<Instant> firstSeen = firstSeen(byPlace.values());
        for (Sighting sighting : byPlace.values()) {
            Place place = Place.of(sighting.provenance());
            Classification classification =
                    classifier.classify(
                            profile, place.path(), contextOf(sighting, place), firstSeen);
            findings.add(
                    new Finding(
                            sighting,
                            place,
                            classification,
                            sprawl,
                            Fingerprint.of(token.id(), place)));
        }
    }

    /// The token of all these places. If it stands in several forms, which one counts does not depend on the order in
    /// which they were seen.
    private static Token tokenOf(Map<Place, Sighting> byPlace) {
        Token token = byPlace.values().iterator().next().token();
        for (Sighting sighting : byPlace.values()) {
            Token other = sighting.token();
            if (other.rule().id().compareTo(token.rule().id()) < 0) {
                token = other;
            }
        }
        return token;
    }

    /// A token that lay anywhere was exposed everywhere. Times in the future are those of a wrong clock.
    private Optional<Instant> firstSeen(Collection<Sighting> sightings) {
        Optional<Instant> first = Optional.empty();
        for (Sighting sighting : sightings) {
            if (sighting.since().isPresent()
                    && !sighting.since().get().isAfter(now)
                    && (first.isEmpty() || sighting.since().get().isBefore(first.get()))) {
                first = sighting.since();
            }
        }
        return first;
    }

    /// What the innermost file is, by its name and by the bytes around the token; where that tells only what kind of file
    /// it is, what it lies in.
    private StorageContext contextOf(Sighting sighting, Place place) {
        StorageContext context = StorageContext.UNKNOWN;
        for (int i = place.inner().size() - 1; i >= 0; i--) {
            context = outer(context, contextOf(place.inner().get(i)));
        }
        context = outer(context, contextOf(place.path()));
        if (context == StorageContext.UNKNOWN
                && sighting.provenance() instanceof Provenance.Extract extract) {
            context = extract.legible() ? StorageContext.MAIL : StorageContext.DOCUMENT;
        }
        return rules.neighbours().refine(context, sighting.signs());
    }

    /// Asked once for each path: a file may hold many tokens.
    private StorageContext contextOf(String path) {
        return contexts.computeIfAbsent(path, rules.contexts()::contextOf);
    }

    /// A file in a layer of an image is part of that image, whatever its own kind, and a browser's database is what the
    /// browser keeps.
    private static StorageContext outer(StorageContext inner, StorageContext container) {
        return inner == StorageContext.UNKNOWN
                        || (container == StorageContext.BROWSER_STORAGE
                                && inner == StorageContext.DATABASE)
                        || (container == StorageContext.IMAGE_LAYER
                                && (inner == StorageContext.SOURCE
                                        || inner == StorageContext.CONFIG
                                        || inner == StorageContext.DOCUMENT
                                        || inner == StorageContext.BUILD_ARTIFACT))
                ? container
                : inner;
    }

    /// One finding for each token and file: where it stands as it is, rather than in disguise, and first.
    private static Sighting plainer(Sighting a, Sighting b) {
        int order = Integer.compare(a.provenance().depth(), b.provenance().depth());
        if (order == 0) {
            order = Long.compare(a.position().offset(), b.position().offset());
        }
        return order <= 0 ? a : b;
    }

    private static int worstFirst(Finding a, Finding b) {
        int order =
                Integer.compare(
                        b.classification().rating().score(), a.classification().rating().score());
        if (order == 0) {
            order = a.sighting().token().id().compareTo(b.sighting().token().id());
        }
        if (order == 0) {
            order = Place.compareCarriers(a.place(), b.place());
        }
        return order != 0
                ? order
                : Long.compare(a.sighting().position().offset(), b.sighting().position().offset());
    }
}
