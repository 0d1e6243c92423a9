package io.jwtrawl.engine;

import io.jwtrawl.finding.Place;
import io.jwtrawl.finding.Sprawl;
import io.jwtrawl.finding.Sprawl.Kin;
import io.jwtrawl.token.Claims;
import io.jwtrawl.token.Token;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Counts the tokens of a scan that have an issuer, a subject, an id or a key in common.
final class Kinship {

    /// What tokens may have in common; all of it but the issuer counts within one issuer.
    private enum Bond {
        ISSUER,
        SUBJECT,
        JWT_ID,
        KEY
    }

    private record Name(Bond bond, String issuer, String value) {

        // Those that a record has by itself take milliseconds to make.

        @Override
        public boolean equals(Object other) {
            return other instanceof Name name
                    && bond == name.bond
                    && issuer.equals(name.issuer)
                    && value.equals(name.value);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * issuer.hashCode() + value.hashCode()) + bond.hashCode();
        }
    }

    private static final List<String> KEY_IDS = List.of("kid", "x5t#S256", "x5t");

    private static final class Family {
        int tokens;
        final Set<Place> places = new HashSet<>();
        final Set<Path> repositories = new HashSet<>();

        Kin kin() {
            return new Kin(tokens, places.size(), repositories.size());
        }
    }

    private final Map<Name, Family> families = new HashMap<>();

    /// Each token once, with all its places.
    void add(Token token, Set<Place> places) {
        for (Bond bond : Bond.values()) {
            nameOf(bond, token)
                    .ifPresent(name -> {
                        Family family = families.computeIfAbsent(name, _ -> new Family());
                        family.tokens++;
                        family.places.addAll(places);
                        places.forEach(
                                place -> place.repository().ifPresent(family.repositories::add));
                    });
        }
    }

    Sprawl sprawl(Token token, Set<Place> places) {
        Set<Path> repositories = new HashSet<>();
        places.forEach(place -> place.repository().ifPresent(repositories::add));
        return new Sprawl(
                places.size(),
                repositories.size(),
                kin(Bond.ISSUER, token),
                kin(Bond.SUBJECT, token),
                kin(Bond.JWT_ID, token),
                kin(Bond.KEY, token));
    }

    private Optional<Kin> kin(Bond bond, Token token) {
        return nameOf(bond, token).map(families::get).map(Family::kin);
    }

    private static Optional<Name> nameOf(Bond bond, Token token) {
        Optional<Claims> claims = token.claims();
        String issuer = claims.flatMap(Claims::issuer).orElse("");
        Optional<String> value =
                switch (bond) {
                    case ISSUER -> claims.flatMap(Claims::issuer);
                    case SUBJECT -> claims.flatMap(Claims::subject);
                    case JWT_ID -> claims.flatMap(said -> text(said.all().path("jti")));
                    case KEY -> keyOf(token);
                };
        return value.map(text -> new Name(bond, issuer, bond == Bond.ISSUER ? "" : text));
    }

    private static Optional<String> keyOf(Token token) {
        for (String name : KEY_IDS) {
            Optional<String> value = text(token.header().path(name));
            if (value.isPresent()) {
                return value.map(id -> name + ":" + id);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> text(JsonNode value) {
        return value.isString() && !value.stringValue().isEmpty()
                ? Optional.of(value.stringValue())
                : Optional.empty();
    }
}
