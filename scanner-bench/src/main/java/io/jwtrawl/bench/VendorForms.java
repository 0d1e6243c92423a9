package io.jwtrawl.bench;

import io.jwtrawl.testkit.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/// Vendors' tokens whose body is JSON in base64 and no JWT.
final class VendorForms {

    private static final int INSTANCES = 3;

    /// The rules of those below.
    static final Set<String> RULES =
            Set.of(
                    "mapbox-public",
                    "mapbox-secret",
                    "sentry-org-auth-token",
                    "grafana-api-key",
                    "grafana-cloud-access-policy-token",
                    "1password-service-account-token",
                    "cloudflare-tunnel-token",
                    "flask-session",
                    "laravel-encrypted",
                    "convex-deploy-key");

    private VendorForms() {}

    static List<Form> all() {
        return List.of(
                form("Mapbox, public", random -> mapbox("pk", random)),
                form("Mapbox, secret", random -> mapbox("sk", random)),
                form(
                        "Sentry organization token",
                        random ->
                                "sntrys_"
                                        + standard(
                                                "{\"iat\":1767225600."
                                                        + random.nextInt(100)
                                                        + ",\"url\":\"https://sentry.io\",\"region_url\":\"https://us.sentry.io\",\"org\":\"acme\"}")
                                        + "_"
                                        + withoutPadding(Tokens.bytes(random, 32))),
                form(
                        "Grafana API key",
                        random ->
                                standard(
                                        "{\"k\":\""
                                                + Claims.word(random, 32)
                                                + "\",\"n\":\"ci\",\"id\":1}")),
                form(
                        "Grafana Cloud policy token",
                        random ->
                                "glc_"
                                        + standard(
                                                "{\"o\":\"123456\",\"n\":\"writer\",\"k\":\""
                                                        + Claims.word(random, 24)
                                                        + "\",\"m\":{\"r\":\"us\"}}")),
                form("1Password service account", VendorForms::onePassword),
                form(
                        "Cloudflare Tunnel",
                        random ->
                                standard(
                                        "{\"a\":\""
                                                + hex(random, 16)
                                                + "\",\"t\":\"0e1d7c3a-0000-4000-8000-000000000000\",\"s\":\""
                                                + standard(Claims.word(random, 32))
                                                + "\"}")),
                form(
                        "Flask session cookie",
                        random ->
                                Tokens.encode("{\"user_id\":" + random.nextInt(1 << 20) + "}")
                                        + "."
                                        + Tokens.encode(Tokens.bytes(random, 4))
                                        + "."
                                        + Tokens.encode(Tokens.bytes(random, 20))),
                form(
                        "Laravel encrypted cookie",
                        random ->
                                standard(
                                        "{\"iv\":\""
                                                + standard(Claims.word(random, 16))
                                                + "\",\"value\":\""
                                                + standard(Claims.word(random, 64))
                                                + "\",\"mac\":\""
                                                + hex(random, 32)
                                                + "\",\"tag\":\"\"}")),
                form(
                        "Convex deploy key",
                        random -> "|" + standard("{\"v2\":\"" + hex(random, 32) + "\"}")));
    }

    private static Form form(String name, Function<Random, String> maker) {
        return new Form(
                name,
                INSTANCES,
                (random, _) -> {
                    String text = maker.apply(random);
                    return MadeUp.written(text, text.replaceFirst("=+$", ""));
                });
    }

    private static String mapbox(String prefix, Random random) {
        return prefix
                + "."
                + Tokens.encode("{\"u\":\"nobody\",\"a\":\"" + Claims.word(random, 25) + "\"}")
                + "."
                + Tokens.encode(Tokens.bytes(random, 16));
    }

    private static String onePassword(Random random) {
        return "ops_"
                + Tokens.encode(
                        "{\"signInAddress\":\"my.1password.com\",\"userAuth\":{\"method\":\"SRPg-4096\",\"alg\":\"PBES2g-HS256\",\"iterations\":650000,\"salt\":\""
                                + Claims.word(random, 22)
                                + "\"},\"email\":\"x@1passwordserviceaccounts.com\",\"srpX\":\""
                                + hex(random, 32)
                                + "\",\"muk\":{\"alg\":\"A256GCM\",\"ext\":true,\"k\":\""
                                + Tokens.encode(Tokens.bytes(random, 32))
                                + "\",\"key_ops\":[\"encrypt\",\"decrypt\"],\"kty\":\"oct\",\"kid\":\"mp\"},\"secretKey\":\"A3-"
                                + Claims.word(random, 6).toUpperCase(Locale.ROOT)
                                + "-"
                                + Claims.word(random, 26).toUpperCase(Locale.ROOT)
                                + "\",\"throttleSecret\":{\"seed\":\""
                                + hex(random, 32)
                                + "\",\"uuid\":\""
                                + Claims.word(random, 26)
                                + "\"},\"deviceUuid\":\""
                                + Claims.word(random, 26)
                                + "\"}");
    }

    private static String hex(Random random, int bytes) {
        return HexFormat.of().formatHex(Tokens.bytes(random, bytes));
    }

    private static String standard(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String withoutPadding(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
