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
import org.jspecify.annotations.Nullable;

/// Knows which tokens were seen in a member of a container. What could not be unpacked to its end is searched itself too,
/// and may show the same token once more; so are the bytes of a document, beside the text that it shows.
final class Containment {

    private final List<Sighting> sightings;

    /// For each token, the containers that hold it in a member.
    private final Map<TokenId, Set<Provenance>> containers = new HashMap<>();

    /// For each token, the documents that show it in their text.
    private final Map<TokenId, Set<Provenance>> documents = new HashMap<>();

    /// For each token, what shows it as it is in its bytes.
    private final Map<TokenId, Set<Provenance>> plain = new HashMap<>();

    /// For each container in which itself something was seen, the texts of the tokens that its members hold.
    private final Map<Provenance, TreeSet<String>> whole = new HashMap<>();

    Containment(List<Sighting> sightings) {
        this.sightings = sightings;
        if (hasExtracts()) {
            for (Sighting sighting : sightings) {
                noteIfPlain(sighting);
            }
        }
        for (Sighting sighting : sightings) {
            note(sighting);
        }
    }

    private boolean hasExtracts() {
        for (Sighting sighting : sightings) {
            if (carrier(sighting.provenance()) instanceof Provenance.Extract) {
                return true;
            }
        }
        return false;
    }

    private void noteIfPlain(Sighting sighting) {
        Provenance place = sighting.provenance();
        if (!(place instanceof Provenance.Decoded) && !(place instanceof Provenance.Extract)) {
            add(plain, sighting, place);
        }
    }

    private void note(Sighting sighting) {
        Provenance carrier = carrier(sighting.provenance());
        if (yields(sighting, carrier)) {
            return;
        }
        if (carrier instanceof Provenance.Extract extract && !extract.legible()) {
            add(documents, sighting, extract.container());
        }
        for (Provenance outer = outer(carrier); outer != null; outer = outer(outer)) {
            add(containers, sighting, outer);
        }
    }

    /// Whether it is text of a document whose bytes tell better where the token is.
    private boolean yields(Sighting sighting, Provenance carrier) {
        return carrier instanceof Provenance.Extract extract
                && extract.legible()
                && holds(plain, sighting, extract.container());
    }

    /// Every sighting that is not one of a container in a member of which the same token was seen, or one that begins with
    /// all there is of it (what is left of something deleted may be cut off), nor one of a document that was seen in it more
    /// exactly.
    List<Sighting> innermost() {
        if (containers.isEmpty() && plain.isEmpty()) {
            return sightings;
        }
        noteWhole();
        List<Sighting> innermost = new ArrayList<>();
        for (Sighting sighting : sightings) {
            Provenance carrier = carrier(sighting.provenance());
            if (!holds(containers, sighting, carrier)
                    && !yields(sighting, carrier)
                    && !(carrier instanceof Provenance.Member member
                            && holds(documents, sighting, member.container()))
                    && !isCut(sighting, carrier)) {
                innermost.add(sighting);
            }
        }
        return innermost;
    }

    private static void add(
            Map<TokenId, Set<Provenance>> places, Sighting sighting, Provenance place) {
        places.computeIfAbsent(sighting.token().id(), _ -> new HashSet<>()).add(place);
    }

    private static boolean holds(
            Map<TokenId, Set<Provenance>> places, Sighting sighting, Provenance place) {
        Set<Provenance> known = places.get(sighting.token().id());
        return known != null && known.contains(place);
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

    private static @Nullable Provenance outer(Provenance provenance) {
        return provenance instanceof Provenance.Contained contained
                        && !(contained instanceof Provenance.Decoded)
                ? contained.container()
                : null;
    }
}
