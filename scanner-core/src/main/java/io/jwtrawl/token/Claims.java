package io.jwtrawl.token;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The claims of a token: the registered ones of RFC 7519, section 4.1, typed, and all of them as they were.
///
/// A registered claim of the wrong type counts as absent.
///
/// @param authenticatedAt when the user last proved who they are (`auth_time` of OpenID Connect Core 1.0, section 2)
/// @param oddities what is odd about the dates, in the order of their claims' names
/// @param all every claim, registered ones included
public record Claims(
        Optional<String> issuer,
        Optional<String> subject,
        List<String> audience,
        Optional<Instant> issuedAt,
        Optional<Instant> notBefore,
        Optional<Instant> expiresAt,
        Optional<Instant> authenticatedAt,
        List<DateOddity> oddities,
        ObjectNode all) {

    public static Claims of(ObjectNode all) {
        NumericDate authenticatedAt = NumericDate.of(all.path("auth_time"));
        NumericDate expiresAt = NumericDate.of(all.path("exp"));
        NumericDate issuedAt = NumericDate.of(all.path("iat"));
        NumericDate notBefore = NumericDate.of(all.path("nbf"));
        List<DateOddity> oddities = new ArrayList<>();
        authenticatedAt.odd().forEach(kind -> oddities.add(new DateOddity("auth_time", kind)));
        expiresAt.odd().forEach(kind -> oddities.add(new DateOddity("exp", kind)));
        issuedAt.odd().forEach(kind -> oddities.add(new DateOddity("iat", kind)));
        notBefore.odd().forEach(kind -> oddities.add(new DateOddity("nbf", kind)));
        return new Claims(
                string(all, "iss"),
                string(all, "sub"),
                strings(all.path("aud")),
                issuedAt.instant(),
                notBefore.instant(),
                expiresAt.instant(),
                authenticatedAt.instant(),
                List.copyOf(oddities),
                all);
    }

    private static Optional<String> string(ObjectNode all, String name) {
        return Optional.ofNullable(all.path(name).stringValue(null));
    }

    /// A string, or an array of them, as RFC 7519 allows for `aud`.
    private static List<String> strings(JsonNode value) {
        if (value.isString()) {
            return List.of(value.stringValue());
        }
        List<String> strings = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(element -> element.stringValueOpt().ifPresent(strings::add));
        }
        return List.copyOf(strings);
    }
}
