package io.jwtrawl.engine;

import io.jwtrawl.source.Provenance;
import io.jwtrawl.token.Sighting;
import io.jwtrawl.token.TokenId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

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

    /// For each container in which itself something was seen, the texts of the tokens that its members hold.
    private final Map<Provenance, TreeSet<String>> whole = new HashMap<>();

    /// Every sighting that is not one of a container in a member of which the same token was seen, or one that begins with
    /// all there is of it: what is left of something deleted may be cut off.
    List<Sighting> innermost() {
        if (containers.isEmpty()) {
            return sightings;
        }
        noteWhole();
        List<Sighting> innermost = new ArrayList<>();
        for (Sighting sighting : sightings) {
            Set<Provenance> holders = containers.get(sighting.token().id());
            Provenance carrier = carrier(sighting.provenance());
            if ((holders == null || !holders.contains(carrier)) && !isCut(sighting, carrier)) {
                innermost.add(sighting);
            }
        }
        return innermost;
    }

    private void noteWhole() {
        Set<Provenance> opened = new HashSet<>();
        containers.values().forEach(opened::addAll);
        Set<Provenance> searchedToo = new HashSet<>();
        for (Sighting sighting : sightings) {
            searchedToo.add(carrier(sighting.provenance()));
        }
        opened.retainAll(searchedToo);
        if (opened.isEmpty()) {
            return;
        }
        for (Sighting sighting : sightings) {
            for (Provenance outer : containers.getOrDefault(sighting.token().id(), Set.of())) {
                if (opened.contains(outer)) {
                    whole.computeIfAbsent(outer, _ -> new TreeSet<>()).add(text(sighting));
                }
            }
        }
    }

    private boolean isCut(Sighting sighting, Provenance carrier) {
        TreeSet<String> texts = whole.get(carrier);
        if (texts == null) {
            return false;
        }
        String text = text(sighting);
        String next = texts.higher(text);
        return next != null && next.startsWith(text);
    }

    private static String text(Sighting sighting) {
        return new String(sighting.token().text().reveal(), StandardCharsets.ISO_8859_1);
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
