package io.jwtrawl.classify;

import io.jwtrawl.rules.Privilege;
import io.jwtrawl.rules.ScopeCatalogue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The scopes, roles and permissions that claims state.
final class Scopes {

    /// More than this are not told apart; no token needs them.
    private static final int MAX_SCOPES = 200;

    private static final String ANY_MEMBER = "*";

    private Scopes() {}

    static List<String> of(ObjectNode claims, ScopeCatalogue catalogue) {
        SequencedSet<String> scopes = new LinkedHashSet<>();
        for (List<String> path : catalogue.claims()) {
            collect(claims, path, scopes);
        }
        for (String flag : catalogue.flags()) {
            if (claims.path(flag).asBoolean(false)) {
                scopes.add(flag);
            }
        }
        return scopes.stream().limit(MAX_SCOPES).toList();
    }

    /// The most that any of `scopes` gives. What nobody knows may be anything, so it outranks what is public.
    static Privilege privilege(List<String> scopes, ScopeCatalogue catalogue) {
        Privilege most = scopes.isEmpty() ? Privilege.UNKNOWN : Privilege.PUBLIC;
        for (String scope : scopes) {
            most = higher(most, catalogue.privilegeOf(scope));
        }
        return most;
    }

    static Privilege higher(Privilege a, Privilege b) {
        return rank(a) >= rank(b) ? a : b;
    }

    private static int rank(Privilege privilege) {
        return switch (privilege) {
            case ADMIN -> 4;
            case WRITE -> 3;
            case READ -> 2;
            case UNKNOWN -> 1;
            case PUBLIC -> 0;
        };
    }

    private static void collect(JsonNode node, List<String> path, SequencedSet<String> scopes) {
        if (path.isEmpty()) {
            words(node, scopes);
        } else if (path.getFirst().equals(ANY_MEMBER)) {
            List<String> rest = path.subList(1, path.size());
            new ArrayList<>(node.values()).forEach(member -> collect(member, rest, scopes));
        } else {
            collect(node.path(path.getFirst()), path.subList(1, path.size()), scopes);
        }
    }

    private static void words(JsonNode value, SequencedSet<String> scopes) {
        if (value.isString()) {
            for (String word : value.stringValue().split("[ ,]+")) {
                if (!word.isEmpty()) {
                    scopes.add(word);
                }
            }
        } else if (value.isArray()) {
            for (JsonNode element : value) {
                if (element.isString()) {
                    scopes.add(element.stringValue());
                }
            }
        }
    }
}
