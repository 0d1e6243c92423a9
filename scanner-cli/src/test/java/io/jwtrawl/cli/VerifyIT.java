package io.jwtrawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.cli.Launcher.Result;
import io.jwtrawl.testkit.Tokens;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `verify` and `scan --verify`, as users start them.
class VerifyIT {

    private static final String CLAIMS = "\"sub\":\"x\",\"aud\":\"api\",\"jti\":\"1\"";

    @TempDir Path folder = Path.of("");
    @TempDir Path scanned = Path.of("");

    private LocalIssuer issuer;

    @BeforeEach
    void start() throws Exception {
        issuer = new LocalIssuer(folder);
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    private Result verify(String token, String... options) {
        List<String> arguments = new ArrayList<>(List.of("verify", "-"));
        arguments.addAll(List.of(options));
        return Launcher.run(folder, token, Map.of(), arguments.toArray(String[]::new));
    }

    private Result verifyOnline(String token, String... options) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--online",
                                "--trust",
                                "https://localhost:*",
                                "--ca",
                                issuer.authority().toString()));
        arguments.addAll(List.of(options));
        return verify(token, arguments.toArray(String[]::new));
    }

    @Test
    void saysByItsExitCodeWhetherATokenIsGenuine() throws Exception {
        Files.writeString(folder.resolve("keys.json"), issuer.keySet());
        String token = issuer.token("one", CLAIMS);
        String[] parts = token.split("\\.");

        Result good = verify(token, "--jwks", "keys.json");
        assertThat(good.out()).contains("result     verified").contains("claims     hold");
        assertThat(good.exitCode()).isZero();
        assertThat(good.out() + good.err()).doesNotContain(token).doesNotContain(parts[2]);

        Result changed =
                verify(
                        parts[0] + "." + Tokens.encode("{\"sub\":\"root\"}") + "." + parts[2],
                        "--jwks",
                        "keys.json");
        assertThat(changed.out()).contains("result     bad signature");
        assertThat(changed.exitCode()).isEqualTo(1);

        Result gone = verify(forged(issuer.token("two", CLAIMS)), "--jwks", "keys.json");
        assertThat(gone.out()).contains("result     key gone");
        assertThat(gone.exitCode()).isEqualTo(1);

        Result nothing = verify(token);
        assertThat(nothing.out()).contains("result     unknown");
        assertThat(nothing.exitCode()).isEqualTo(3);

        Result encrypted = verify(Tokens.encrypted(1), "--jwks", "keys.json");
        assertThat(encrypted.out()).contains("result     unreadable");
        assertThat(encrypted.exitCode()).isEqualTo(3);

        Result unsecured = verify(Tokens.unsecured("{\"sub\":\"x\",\"exp\":4070908800}"));
        assertThat(unsecured.out()).contains("result     bad signature").contains("CRITICAL");
        assertThat(unsecured.exitCode()).isEqualTo(1);
    }

    @Test
    void checksClaimsAgainstWhatIsExpected() throws Exception {
        Files.writeString(folder.resolve("keys.json"), issuer.keySet());
        String token = issuer.token("one", CLAIMS);

        assertThat(
                        verify(
                                        token,
                                        "--jwks",
                                        "keys.json",
                                        "--issuer",
                                        issuer.address(),
                                        "--audience",
                                        "api")
                                .exitCode())
                .isZero();
        Result other =
                verify(
                        token,
                        "--jwks",
                        "keys.json",
                        "--audience",
                        "other",
                        "--at",
                        "2100-01-01T00:00:00Z");
        assertThat(other.out()).contains("refuse").contains("is for api").contains("expired");
        assertThat(other.exitCode()).isEqualTo(1);

        Result json = verify(token, "--jwks", "keys.json", "--format", "json");
        assertThat(json.out())
                .startsWith("{\"schema\":\"jwtrawl-verify/1\"")
                .contains("\"result\":\"verified\"", "\"accepted\":true");
        assertThat(json.out().lines()).hasSize(1);
    }

    @Test
    void asksIssuersOnlyWhenToldToAndOnlyThoseThatAreTrusted() throws Exception {
        String token = issuer.token("one", CLAIMS);

        assertThat(verifyOnline(token).out()).contains("not public");
        assertThat(
                        verify(
                                        token,
                                        "--online",
                                        "--trust",
                                        "https://*.example.org",
                                        "--allow-private")
                                .out())
                .contains("not among the trusted");
        assertThat(issuer.requests()).isZero();

        Result online = verifyOnline(token, "--allow-private");
        assertThat(online.out()).contains("result     verified");
        assertThat(online.exitCode()).isZero();
        assertThat(issuer.requests()).isEqualTo(2);

        String keys = issuer.address() + "/keys";
        assertThat(verifyOnline(token, "--allow-private", "--jwks", keys).exitCode()).isZero();
        assertThat(verify(token, "--jwks", keys).err()).contains("--online");
    }

    @Test
    void asksThroughTheProxyThatTheEnvironmentNames() throws Exception {
        String token = issuer.token("one", CLAIMS);
        String[] options = {
            "verify",
            "-",
            "--online",
            "--allow-private",
            "--trust",
            "https://localhost:*",
            "--ca",
            issuer.authority().toString()
        };
        String nobody = "http://me:hush@127.0.0.1:1";

        Result refused =
                Launcher.run(folder, token, Map.of("https_proxy", nobody, "no_proxy", ""), options);
        assertThat(refused.out()).contains("result     unknown", "could not be reached");
        assertThat(issuer.requests()).isZero();

        var around = Map.of("https_proxy", nobody, "no_proxy", "example.org,localhost");
        assertThat(Launcher.run(folder, token, around, options).exitCode()).isZero();
        assertThat(issuer.requests()).isEqualTo(2);

        var unusable = Map.of("https_proxy", "socks5://me:hush@127.0.0.1:1");
        Result wrong = Launcher.run(folder, token, unusable, options);
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err())
                .isEqualTo(
                        "jwtrawl: https_proxy: SOCKS proxies are not supported, only HTTP ones: http://HOST:PORT"
                                + System.lineSeparator());
    }

    /// RFC 7797, section 4.2: its key, payload and both of its signatures.
    @Test
    void checksADetachedSignatureWithThePayloadThatIsGiven() throws Exception {
        Files.writeString(
                folder.resolve("key.json"),
                """
                {"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"}
                """);
        Files.writeString(folder.resolve("payload"), "$.02");
        Files.writeString(folder.resolve("other"), "$.03");
        String plain =
                "eyJhbGciOiJIUzI1NiIsImI2NCI6ZmFsc2UsImNyaXQiOlsiYjY0Il19..A5dxf2s96_n5FLueVuW1Z_vh161FwXZC4YLPff6dmDY";
        String encoded = "eyJhbGciOiJIUzI1NiJ9..5mvfOroL-g7HyqJoozehmsaqmvTYGEq5jTI1gVvoEoQ";

        for (String token : List.of(plain, encoded)) {
            Result good = verify(token, "--key=key.json", "--payload=payload");
            assertThat(good.out()).contains("result     verified");
            assertThat(verify(token, "--key=key.json", "--payload=other").out())
                    .contains("result     bad signature");
            assertThat(verify(token, "--key=key.json").out())
                    .contains("result     unknown", "its payload lies elsewhere");
        }
        assertThat(verify(plain, "--key=key.json", "--payload=none").exitCode()).isEqualTo(2);
    }

    @Test
    void aWrongKeyOrOptionIsAWrongUsage() throws Exception {
        Files.writeString(folder.resolve("broken.json"), "{");
        String token = issuer.token("one", CLAIMS);

        for (List<String> options :
                List.of(
                        List.of("--key", "none.pem"),
                        List.of("--jwks", "broken.json"),
                        List.of("--online"),
                        List.of("--allow-private"),
                        List.of("--online", "--trust", "http://id.example.org"),
                        List.of("--online", "--trust", "https://x", "--ca", "broken.json"),
                        List.of("--online", "--trust", "https://x", "--introspect", "none"))) {
            Result result = verify(token, options.toArray(String[]::new));
            assertThat(result.exitCode()).as("%s", options).isEqualTo(2);
            assertThat(result.err().lines()).as("%s", options).hasSize(1);
            assertThat(result.err())
                    .contains(options.getLast().startsWith("--") ? options.getLast() : "--");
        }
        assertThat(verify("no token at all").exitCode()).isEqualTo(2);
    }

    @Test
    void aScanRatesTokensByWhatTheirIssuersSay() throws Exception {
        Files.writeString(scanned.resolve("genuine.txt"), issuer.token("one", CLAIMS));
        Files.writeString(scanned.resolve("again.txt"), issuer.token("one", CLAIMS));
        Files.writeString(
                scanned.resolve("rotated.txt"), forged(issuer.token("two", "\"sub\":\"y\"")));
        Files.writeString(scanned.resolve("stranger.txt"), Tokens.any(1));

        Result result =
                Launcher.run(
                        folder,
                        "scan",
                        scanned.toString(),
                        "--format",
                        "jsonl",
                        "--fail-on",
                        "never",
                        "--verify",
                        "--online",
                        "--allow-private",
                        "--trust",
                        "https://localhost:*",
                        "--ca",
                        issuer.authority().toString());

        assertThat(result.exitCode()).isZero();
        assertThat(result.out().lines()).hasSize(4);
        assertThat(line(result, "genuine.txt")).contains("\"verified\"", "its signature is good");
        assertThat(line(result, "rotated.txt")).contains("\"key-gone\"");
        assertThat(line(result, "stranger.txt")).contains("\"not-verified\"");
        assertThat(issuer.requests()).isEqualTo(2); // once, for all its tokens
    }

    @Test
    void keysInFilesSpeakAgainstTokensOfTheirIssuerOnly() throws Exception {
        Files.writeString(folder.resolve("keys.json"), issuer.keySet());
        Files.writeString(scanned.resolve("ours.txt"), forged(issuer.token("one", CLAIMS)));
        Files.writeString(scanned.resolve("theirs.txt"), Tokens.any(1));

        String[] scan = {
            "scan",
            scanned.toString(),
            "--format",
            "jsonl",
            "--fail-on",
            "never",
            "--verify",
            "--jwks",
            "keys.json",
            "--issuer",
            issuer.address()
        };
        Result result = Launcher.run(folder, scan);
        assertThat(line(result, "ours.txt")).contains("\"bad-signature\"");
        assertThat(line(result, "theirs.txt")).contains("\"not-verified\"");

        scan[scan.length - 1] = "https://other.example";
        assertThat(line(Launcher.run(folder, scan), "ours.txt")).contains("\"not-verified\"");
    }

    @Test
    void whatACheckCountsIsUpToThePolicyOfThePath() throws Exception {
        Files.writeString(folder.resolve("keys.json"), issuer.keySet());
        Files.writeString(
                folder.resolve("ours.yaml"),
                """
                id: ours
                title: Ours
                extends: default
                overrides:
                  - paths: ["**/kept.txt"]
                    set: { reasons: { verified: { points: 37 } } }
                """);
        Files.writeString(scanned.resolve("kept.txt"), issuer.token("one", CLAIMS));
        Files.writeString(scanned.resolve("other.txt"), issuer.token("one", CLAIMS));

        Result result =
                Launcher.run(
                        folder,
                        "scan",
                        scanned.toString(),
                        "--format=jsonl",
                        "--fail-on=never",
                        "--policy=ours.yaml",
                        "--verify",
                        "--jwks=keys.json");

        assertThat(line(result, "kept.txt")).contains("\"code\":\"verified\",\"points\":37");
        assertThat(line(result, "other.txt")).contains("\"code\":\"verified\",\"points\":5");
    }

    @Test
    void namesNoPersonThatATokenNames() throws Exception {
        Files.writeString(folder.resolve("keys.json"), issuer.keySet());
        String token = issuer.token("one", "\"sub\":\"x\",\"aud\":\"ann@corp.example\"");

        for (String format : List.of("terminal", "json")) {
            Result result =
                    verify(token, "--jwks=keys.json", "--audience=api", "--format=" + format);
            assertThat(result.out()).contains("is for others").doesNotContain("corp.example");
        }
    }

    @Test
    void aScanWhoseTimeIsUpAsksNobody() throws Exception {
        Files.writeString(scanned.resolve("ours.txt"), issuer.token("one", CLAIMS));

        Launcher.run(
                folder,
                "scan",
                scanned.toString(),
                "--format",
                "jsonl",
                "--fail-on",
                "never",
                "--timeout",
                "0ms",
                "--verify",
                "--online",
                "--allow-private",
                "--trust",
                "https://localhost:*",
                "--ca",
                issuer.authority().toString());

        assertThat(issuer.requests()).isZero();
    }

    @Test
    void aScanWithoutKeysOrWithNeedlessOnesIsAWrongUsage() {
        Result noKeys = Launcher.run(folder, "scan", ".", "--verify");
        assertThat(noKeys.exitCode()).isEqualTo(2);
        assertThat(noKeys.err()).contains("--verify: no keys");

        Result needless = Launcher.run(folder, "scan", ".", "--jwks", "keys.json");
        assertThat(needless.exitCode()).isEqualTo(2);
        assertThat(needless.err()).contains("--jwks: only together with --verify");
    }

    @Test
    void aPlainScanLoadsNothingThatKnowsOfKeysOrNetworks() throws Exception {
        Files.writeString(scanned.resolve("token.txt"), issuer.token("one", CLAIMS));
        Path jar = Path.of(System.getProperty("jwtrawl.dist"), "lib", "jwtrawl.jar");
        Path loaded = folder.resolve("loaded.txt");
        int status =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xlog:class+load:file=" + loaded,
                                "-jar",
                                jar.toString(),
                                "scan",
                                scanned.toString(),
                                "--fail-on=never")
                        .redirectOutput(folder.resolve("out").toFile())
                        .redirectError(folder.resolve("err").toFile())
                        .start()
                        .waitFor();

        assertThat(status).isZero();
        assertThat(Files.readString(folder.resolve("out"))).contains("\"schema\":\"jwtrawl/1\"");
        assertThat(Files.readString(loaded, StandardCharsets.UTF_8))
                .contains("io.jwtrawl.cli.ScanCommand")
                .doesNotContain(
                        "com.nimbusds", "org.bouncycastle", "io.jwtrawl.verify", "javax.net.ssl");
    }

    /// With another first character of the signature.
    private static String forged(String token) {
        int signature = token.lastIndexOf('.') + 1;
        return token.substring(0, signature)
                + (token.charAt(signature) == 'A' ? 'B' : 'A')
                + token.substring(signature + 1);
    }

    private static String line(Result result, String file) {
        return result.out()
                .lines()
                .filter(line -> line.contains("\"" + file + "\""))
                .findFirst()
                .orElseThrow(() -> new AssertionError(result.out() + result.err()));
    }
}
