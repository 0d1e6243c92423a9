package io.jwtrawl.classify;

import io.jwtrawl.rules.ReasonCode;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What is wrong with a JOSE header (RFC 8725, sections 2 and 3).
final class HeaderWeaknesses {

    /// Proofs of possession carry the key that they prove to have, by design (RFC 9449, section 4.2 and others).
    private static final Set<String> PROOFS =
            Set.of(
                    "dpop+jwt",
                    "kb+jwt",
                    "openid4vci-proof+jwt",
                    "oauth-client-attestation-pop+jwt");

    /// Extensions that somebody specified: RFC 7797; ETSI TS 119 182-1; Open Banking.
    private static final Set<String> EXTENSIONS =
            Set.of(
                    "b64",
                    "sigD",
                    "sigT",
                    "sigX5ts",
                    "srCms",
                    "srAts",
                    "sigPl",
                    "http://openbanking.org.uk/iat",
                    "http://openbanking.org.uk/iss",
                    "http://openbanking.org.uk/tan");

    private static final List<String> ROOTS =
            List.of(
                    "/dev/", "/etc/", "/proc/", "/var/", "/tmp/", "/home/", "/usr/", "/opt/",
                    "/app/");

    private HeaderWeaknesses() {}

    static void find(ObjectNode header, int rsaKeyBits, List<Weakness> found) {
        if (header.size() <= 1) {
            return; // alg alone
        }
        key(header, found);
        rsaBits(header)
                .ifPresent(bits -> {
                    if (bits < rsaKeyBits) {
                        found.add(
                                new Weakness(
                                        ReasonCode.SMALL_KEY,
                                        "carries an RSA key of "
                                                + bits
                                                + " bits, below "
                                                + rsaKeyBits));
                    }
                });
        JsonNode kid = header.path("kid");
        if (kid.isString()) {
            keyId(kid.stringValue(), found);
        }
        critical(header, found);
    }

    private static void key(ObjectNode header, List<Weakness> found) {
        boolean proof = PROOFS.contains(header.path("typ").asString("").toLowerCase(Locale.ROOT));
        if (header.path("jwk").isObject() && !proof) {
            found.add(
                    new Weakness(
                            ReasonCode.SENDER_KEY,
                            "carries its own key (jwk): whoever trusts it trusts anybody's token"));
        }
        for (String name : List.of("jku", "x5u")) {
            if (header.path(name).isString()) {
                boolean plain =
                        header.path(name)
                                .stringValue()
                                .toLowerCase(Locale.ROOT)
                                .startsWith("http://");
                found.add(
                        new Weakness(
                                ReasonCode.SENDER_KEY,
                                "says where its key is to be fetched from ("
                                        + name
                                        + (plain ? ", without TLS)" : ")")
                                        + ": whoever fetches it trusts anybody's token"));
            }
        }
    }

    /// The size of the RSA key in the header, if there is one that can be read.
    private static OptionalInt rsaBits(ObjectNode header) {
        JsonNode modulus = header.path("jwk").path("n");
        if (modulus.isString()) {
            try {
                byte[] bytes = Base64.getUrlDecoder().decode(modulus.stringValue());
                return OptionalInt.of(new BigInteger(1, bytes).bitLength());
            } catch (IllegalArgumentException e) {
                return OptionalInt.empty();
            }
        }
        JsonNode certificate = header.path("x5c").path(0);
        return certificate.isString()
                ? Certificates.rsaBits(certificate.stringValue())
                : OptionalInt.empty();
    }

    /// Loaded with the first certificate; hardly any token has one.
    private static final class Certificates {
        static OptionalInt rsaBits(String base64) {
            try {
                byte[] der = Base64.getDecoder().decode(base64);
                return CertificateFactory.getInstance("X.509")
                                        .generateCertificate(new ByteArrayInputStream(der))
                                        .getPublicKey()
                                instanceof RSAPublicKey key
                        ? OptionalInt.of(key.getModulus().bitLength())
                        : OptionalInt.empty();
            } catch (CertificateException | RuntimeException e) {
                // The latter for keys that the platform's parser chokes on.
                return OptionalInt.empty();
            }
        }
    }

    private static void keyId(String kid, List<Weakness> found) {
        if (isPath(kid)) {
            found.add(
                    new Weakness(
                            ReasonCode.KID_INJECTION,
                            "its key id looks like a path: whoever reads that file as a key trusts anybody's token"));
        } else if (isInjection(kid)) {
            found.add(
                    new Weakness(
                            ReasonCode.KID_INJECTION,
                            "its key id holds what no key id needs, as for injecting SQL or commands"));
        }
    }

    private static boolean isPath(String kid) {
        if (kid.contains("../") || kid.contains("..\\") || kid.startsWith("file:")) {
            return true;
        }
        for (String root : ROOTS) {
            if (kid.startsWith(root)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isInjection(String kid) {
        for (int i = 0; i < kid.length(); i++) {
            char c = kid.charAt(i);
            if (c < ' ' || c == '\'' || c == '"' || c == ';' || c == '`' || c == '|' || c == '<') {
                return true;
            }
        }
        String lower = kid.toLowerCase(Locale.ROOT);
        return lower.contains(" union ") || lower.contains(" or ") || lower.contains("$(");
    }

    private static void critical(ObjectNode header, List<Weakness> found) {
        JsonNode crit = header.path("crit");
        if (crit.isMissingNode()) {
            return;
        }
        boolean known = crit.isArray() && !crit.isEmpty();
        for (JsonNode name : crit) {
            known &=
                    name.isString()
                            && EXTENSIONS.contains(name.stringValue())
                            && header.has(name.stringValue());
        }
        if (!known) {
            found.add(
                    new Weakness(
                            ReasonCode.UNKNOWN_CRIT,
                            "its crit is empty, malformed or unknown: every verifier must refuse it"));
        }
    }
}
