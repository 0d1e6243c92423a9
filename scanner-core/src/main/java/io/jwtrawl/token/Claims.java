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
/// @param all every claim, registered ones included
public record Claims(
        Optional<String> issuer,
        Optional<String> subject,
        List<String> audience,
        Optional<Instant> issuedAt,
        Optional<Instant> notBefore,
        Optional<Instant> expiresAt,
        ObjectNode all) {

    public static Claims of(ObjectNode all) {
        return new Claims(
                string(all, "iss"),
                string(all, "sub"),
                strings(all.path("aud")),
                NumericDate.of(all.path("iat")),
                NumericDate.of(all.path("nbf")),
                NumericDate.of(all.path("exp")),
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
