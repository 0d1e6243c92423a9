package io.jwtrawl.classify;

import io.jwtrawl.rules.SubjectKind;
import io.jwtrawl.token.Claims;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Whom a token speaks for, where its family does not say.
final class Subjects {

    private static final List<String> PERSONAL =
            List.of(
                    "email",
                    "name",
                    "given_name",
                    "family_name",
                    "preferred_username",
                    "nickname",
                    "phone_number",
                    "upn");
    private static final List<String> CLIENT_IDS = List.of("client_id", "azp", "appid", "cid");

    private Subjects() {}

    static SubjectKind of(Claims claims) {
        ObjectNode all = claims.all();
        if (all.path("idtyp").asString("").equals("app")
                || all.path("gty").asString("").equals("client-credentials")
                || claims.subject().filter(Subjects::isMachine).isPresent()
                || claims.subject().filter(subject -> isClient(subject, all)).isPresent()) {
            return SubjectKind.MACHINE;
        }
        return PERSONAL.stream().anyMatch(all::has) ? SubjectKind.HUMAN : SubjectKind.UNKNOWN;
    }

    private static boolean isMachine(String subject) {
        return subject.startsWith("system:serviceaccount:")
                || subject.startsWith("spiffe://")
                || subject.endsWith("@clients")
                || subject.endsWith(".gserviceaccount.com");
    }

    /// A token for a client itself has that client as its subject (RFC 9068, section 2.2).
    private static boolean isClient(String subject, ObjectNode claims) {
        return CLIENT_IDS.stream().anyMatch(name -> claims.path(name).asString("").equals(subject));
    }
}
