package io.jwtrawl.classify;

import io.jwtrawl.rules.Privilege;
import io.jwtrawl.rules.ScopeCatalogue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads the scopes, roles and permissions that claims state. Used once.
final class Scopes {

    private static final String ANY_MEMBER = "*";

    /// Members of objects in a list of roles that name the role, as Spring Security and others write them.
    private static final List<String> NAMES = List.of("authority", "role", "name", "scope", "id");

    /// The most privileged first; then by text, so that the order of the claims does not matter.
    private static int mostFirst(Grant one, Grant other) {
        int order = Integer.compare(rank(other.privilege()), rank(one.privilege()));
        if (order == 0) {
            order = one.scope().compareTo(other.scope());
        }
        return order != 0 ? order : one.claim().compareTo(other.claim());
    }

    private final ScopeCatalogue catalogue;
    private final Map<String, Grant> grants = new LinkedHashMap<>();

    private Scopes(ScopeCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    static List<Grant> of(ObjectNode claims, ScopeCatalogue catalogue) {
        var scopes = new Scopes(catalogue);
        for (List<String> path : catalogue.claims()) {
            scopes.collect(claims, path, 0, path, "");
        }
        for (ScopeCatalogue.Derived derived : catalogue.derived()) {
            scopes.collect(claims, derived.claim(), 0, derived.claim(), derived.prefix());
        }
        for (String flag : catalogue.flags()) {
            if (claims.path(flag).asBoolean(false)) {
                scopes.add(flag, List.of(flag));
            }
        }
        for (String name : claims.propertyNames()) {
            if (catalogue.isNamespaced(name)) {
                scopes.words(claims.path(name), List.of(name));
            }
        }
        List<Grant> all = new ArrayList<>(scopes.grants.values());
        all.sort(Scopes::mostFirst);
        return List.copyOf(all);
    }

    /// The most that any of `grants` gives. What nobody knows may be anything, so it outranks what is public.
    static Privilege privilege(List<Grant> grants) {
        Privilege most = grants.isEmpty() ? Privilege.UNKNOWN : Privilege.PUBLIC;
        for (Grant grant : grants) {
            most = higher(most, grant.privilege());
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

    private void collect(
            JsonNode node, List<String> path, int step, List<String> claim, String prefix) {
        if (node.isMissingNode()) {
            return;
        }
        if (step == path.size()) {
            if (prefix.isEmpty()) {
                words(node, claim);
            } else {
                values(node, claim, prefix);
            }
        } else if (path.get(step).equals(ANY_MEMBER)) {
            for (JsonNode member : node.values()) {
                collect(member, path, step + 1, claim, prefix);
            }
        } else if (node.isArray()) {
            for (JsonNode element : node) {
                collect(element.path(path.get(step)), path, step + 1, claim, prefix);
            }
        } else {
            collect(node.path(path.get(step)), path, step + 1, claim, prefix);
        }
    }

    private void words(JsonNode value, List<String> claim) {
        if (value.isString()) {
            String text = value.stringValue();
            int begin = 0;
            for (int i = 0; i <= text.length(); i++) {
                if (i == text.length() || text.charAt(i) == ' ' || text.charAt(i) == ',') {
                    if (i > begin) {
                        add(text.substring(begin, i), claim);
                    }
                    begin = i + 1;
                }
            }
        } else if (value.isArray()) {
            for (JsonNode element : value) {
                if (element.isString()) {
                    add(element.stringValue(), claim);
                } else if (element.isObject()) {
                    named(element, claim);
                }
            }
        } else if (value.isObject()) {
            // {"admin": true, "billing": false}
            value.properties()
                    .forEach(member -> {
                        if (member.getValue().isBoolean() && member.getValue().booleanValue()) {
                            add(member.getKey(), claim);
                        }
                    });
        }
    }

    private void named(JsonNode role, List<String> claim) {
        for (String name : NAMES) {
            if (role.path(name).isString()) {
                add(role.path(name).stringValue(), claim);
                return;
            }
        }
    }

    private void values(JsonNode value, List<String> claim, String prefix) {
        if (value.isString()) {
            add(prefix + value.stringValue(), claim);
        } else if (value.isArray()) {
            for (JsonNode element : value) {
                if (element.isString()) {
                    add(prefix + element.stringValue(), claim);
                }
            }
        }
    }

    /// A scope that two claims state counts for the first of them in the order of the catalogue.
    private void add(String scope, List<String> claim) {
        if (!scope.isEmpty() && !grants.containsKey(scope)) {
            String stated = claim.size() == 1 ? claim.getFirst() : String.join(".", claim);
            grants.put(scope, new Grant(scope, stated, catalogue.privilegeOf(scope)));
        }
    }
}
