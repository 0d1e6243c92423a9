package io.jwtrawl.classify;

import io.jwtrawl.rules.Policy;
import io.jwtrawl.rules.ReasonCode;
import io.jwtrawl.rules.TokenKind;
import io.jwtrawl.token.Claims;
import io.jwtrawl.token.DateOddity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import tools.jackson.databind.node.ObjectNode;

/// What is wrong with the claims of a JWT (RFC 7519, section 4.1; RFC 8725, section 3; RFC 9068, section 2.2).
final class ClaimWeaknesses {

    private static final String ANY = "*";

    private ClaimWeaknesses() {}

    static void find(
            Claims claims, TokenKind kind, Policy policy, Instant now, List<Weakness> found) {
        issuer(claims, policy, found);
        missing(claims.all(), kind, policy, found);
        audience(claims.audience(), found);
        dates(claims, now.plus(policy.limits().clockSkew()), found);
    }

    private static void issuer(Claims claims, Policy policy, List<Weakness> found) {
        if (!policy.trusts(claims.issuer().orElse(""))) {
            found.add(
                    new Weakness(
                            ReasonCode.UNTRUSTED_ISSUER,
                            "comes from an issuer that the policy does not trust"));
        }
    }

    private static void missing(
            ObjectNode claims, TokenKind kind, Policy policy, List<Weakness> found) {
        var names = new StringJoiner(", ");
        for (String name : policy.requirements().requiredClaims().getOrDefault(kind, List.of())) {
            if (!claims.has(name)) {
                names.add(name);
            }
        }
        if (names.length() > 0) {
            found.add(new Weakness(ReasonCode.MISSING_CLAIMS, "lacks " + names));
        }
    }

    private static void audience(List<String> audience, List<Weakness> found) {
        for (String one : audience) {
            if (one.contains(ANY)) {
                found.add(
                        new Weakness(
                                ReasonCode.BROAD_AUDIENCE, "is meant for any audience (wildcard)"));
                return;
            }
        }
        if (audience.size() > 1) {
            found.add(
                    new Weakness(
                            ReasonCode.BROAD_AUDIENCE,
                            "is meant for " + audience.size() + " audiences"));
        }
    }

    /// @param latest what lies behind it lies in the future, whatever the clock's error
    private static void dates(Claims claims, Instant latest, List<Weakness> found) {
        List<String> odd = new ArrayList<>();
        for (DateOddity oddity : claims.oddities()) {
            odd.add(oddity.claim() + " " + inWords(oddity.kind()));
        }
        Optional<Instant> expiry = claims.expiresAt();
        if (isBefore(expiry, claims.issuedAt())) {
            odd.add("expires before it was issued");
        }
        if (isBefore(expiry, claims.notBefore())) {
            odd.add("expires before it begins to work");
        }
        if (claims.issuedAt().filter(latest::isBefore).isPresent()) {
            odd.add("was issued in the future");
        }
        if (isBefore(claims.issuedAt(), claims.authenticatedAt())) {
            odd.add("was issued before its user logged in");
        }
        if (!odd.isEmpty()) {
            found.add(new Weakness(ReasonCode.ODD_DATES, String.join(", ", odd)));
        }
    }

    private static boolean isBefore(Optional<Instant> a, Optional<Instant> b) {
        return a.isPresent() && b.isPresent() && a.get().isBefore(b.get());
    }

    private static String inWords(DateOddity.Kind kind) {
        return switch (kind) {
            case FRACTION -> "has a fraction";
            case TEXT -> "is text";
            case MILLISECONDS -> "is in milliseconds";
            case MICROSECONDS -> "is in microseconds";
            case NANOSECONDS -> "is in nanoseconds";
            case NEGATIVE -> "is negative";
            case OUT_OF_RANGE -> "is beyond any date";
            case NOT_A_DATE -> "is no date";
        };
    }
}
