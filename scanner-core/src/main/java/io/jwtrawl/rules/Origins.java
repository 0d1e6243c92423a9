package io.jwtrawl.rules;

import io.jwtrawl.rules.RuleSet.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Tells which provider and family a token belongs to: the first whose conditions all hold.
///
/// Most conditions look at the issuer, and the tokens of a scan come from few; so it is remembered which families an
/// issuer leaves.
final class Origins {

    /// More issuers than these are made up, and not worth the memory.
    private static final int MAX_ISSUERS = 1_000;

    private static final List<String> ISSUER = List.of("iss");

    private final List<Origin> all = new ArrayList<>();
    private final Map<String, List<Origin>> byIssuer = new ConcurrentHashMap<>();

    Origins(List<Provider> providers) {
        for (Provider provider : providers) {
            for (TokenFamily family : provider.families()) {
                all.add(new Origin(provider, family));
            }
        }
    }

    /// @param wrapped the token rule, if the token is no JWT
    Optional<Origin> of(Optional<String> wrapped, ObjectNode header, ObjectNode claims) {
        for (Origin origin : left(claims)) {
            if (origin.family().matches(wrapped, header, claims)) {
                return Optional.of(origin);
            }
        }
        return Optional.empty();
    }

    private List<Origin> left(ObjectNode claims) {
        JsonNode issuer = claims.path("iss");
        if (!issuer.isString()) {
            return all;
        }
        List<Origin> known = byIssuer.get(issuer.stringValue());
        if (known != null) {
            return known;
        }
        List<Origin> left = new ArrayList<>();
        for (Origin origin : all) {
            if (mayIssue(origin.family(), claims)) {
                left.add(origin);
            }
        }
        if (byIssuer.size() < MAX_ISSUERS) {
            byIssuer.put(issuer.stringValue(), left);
        }
        return left;
    }

    /// Whether all that the family asks of the issuer, and of nothing else, holds.
    private static boolean mayIssue(TokenFamily family, ObjectNode claims) {
        for (Condition condition : family.match()) {
            if (condition.part() == Condition.Part.CLAIMS
                    && condition.path().equals(ISSUER)
                    && !(condition.test() instanceof Condition.Test.SameAs)
                    && !condition.holds(claims, claims)) {
                return false;
            }
        }
        return true;
    }
}
