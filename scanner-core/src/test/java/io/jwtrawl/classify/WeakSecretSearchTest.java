package io.jwtrawl.classify;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.rules.Level;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.rules.SecretList;
import io.jwtrawl.rules.StorageContext;
import io.jwtrawl.testkit.Tokens;
import io.jwtrawl.testkit.Tries;
import io.jwtrawl.token.Token;
import io.jwtrawl.token.TokenId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeakSecretSearchTest {

    private static final RuleSet RULES = RuleSet.builtIn();
    private static final byte[] NOBODYS = bytes("a key that no list has, 7c3b0d55");

    @TempDir Path folder = Path.of("");

    /// Two ways of making an HMAC: ours, and the platform's.
    @Test
    void hashesAsThePlatformDoes() {
        Tries.run(
                500,
                random -> {
                    HmacAlgorithm algorithm =
                            HmacAlgorithm.named("HS" + 128 * (2 + random.nextInt(3))).orElseThrow();
                    byte[] secret = Tokens.bytes(random, 1 + random.nextInt(300));
                    byte[] text = Tokens.bytes(random, random.nextInt(1000));
                    var hash = new KeyedHash(algorithm);
                    hash.key(Tokens.bytes(random, 10));
                    hash.key(secret);
                    assertThat(hash.of(text))
                            .isEqualTo(platform(algorithm, secret, text))
                            .isEqualTo(hash.of(text));
                });
    }

    private static byte[] platform(HmacAlgorithm algorithm, byte[] secret, byte[] text) {
        try {
            String name = "HmacSHA" + algorithm.name().substring(2);
            Mac mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec(secret, name));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void knowsAtLeastThreeThousandSecretsAndNoneTwice() {
        assertThat(RULES.weakSecrets().size()).isGreaterThanOrEqualTo(3_000);
        SecretList known = RULES.weakSecrets();
        assertThat(
                        IntStream.range(0, known.size())
                                .mapToObj(
                                        i -> new String(known.get(i), StandardCharsets.ISO_8859_1)))
                .doesNotHaveDuplicates()
                .doesNotContain("");
    }

    @Test
    void findsAnySecretOfTheListWithAnyAlgorithm() {
        Tries.run(
                25,
                random -> {
                    int number = random.nextInt(RULES.weakSecrets().size());
                    String alg = List.of("HS256", "HS384", "HS512").get(random.nextInt(3));
                    Token token =
                            token(
                                    alg,
                                    "{\"sub\":\"" + random.nextInt() + "\"}",
                                    RULES.weakSecrets().get(number));
                    WeakSecret found =
                            secretOf(token, search(RULES, 1 + random.nextInt(3), List.of(token)));
                    assertThat(found.list()).isEqualTo(WeakSecret.KNOWN);
                    assertThat(found.number()).isEqualTo(number + 1);
                });
    }

    @Test
    void whatAWeakSecretSignedIsCriticalAndTheSecretIsMasked() {
        String text = Tokens.signed("HS256", "{\"sub\":\"x\",\"exp\":1}", bytes("secret"));
        Classification classification = Judged.byDefault(text);
        assertThat(classification.rating().level()).isEqualTo(Level.CRITICAL);
        assertThat(classification.exposure().forgeable()).isEqualTo(Forgeability.WEAK_SECRET);
        assertThat(classification.rating().inWords())
                .contains("s***** (6 bytes)")
                .doesNotContain("secret,");
        assertThat(classification.rating().remedy()).contains("new random signing key");
        assertThat(classification.rating().standards()).contains("CWE-1391");
    }

    @Test
    void shortSecretsAreMaskedWhole() {
        assertThat(WeakSecret.of(bytes("key"), WeakSecret.KNOWN, 1).masked())
                .isEqualTo("*** (3 bytes)");
        assertThat(WeakSecret.of(new byte[] {27, 91, 50, 74}, WeakSecret.KNOWN, 1).masked())
                .isEqualTo("**** (4 bytes)");
        assertThat(WeakSecret.of(bytes("x".repeat(99)), WeakSecret.KNOWN, 1).masked())
                .isEqualTo("x************ (99 bytes)");
    }

    @Test
    void triesTheEmptySecret() {
        Token token = token("HS256", "{\"sub\":\"x\"}", new byte[0]);
        assertThat(secretOf(token, search(RULES, 1, List.of(token))).text())
                .endsWith("guess: the empty one");
    }

    @Test
    void leavesOtherTokensAlone() {
        List<Token> tokens =
                List.of(
                        token("HS256", "{\"sub\":\"x\"}", NOBODYS),
                        Judged.token(Tokens.encrypted(1)),
                        Judged.token(Tokens.unsecured("{\"sub\":\"x\"}")));
        assertThat(search(RULES, 2, tokens)).isEmpty();
        assertThat(new WeakSecretSearch(tokens.subList(1, 3), RULES).isEmpty()).isTrue();
    }

    /// A secret late in the list that signed one of the first few signs all; it is told of all of them.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void tellsKinOfWhatSignedOneOfThem(int threads) {
        byte[] secret = RULES.weakSecrets().get(RULES.weakSecrets().size() - 1);
        List<Token> tokens = new ArrayList<>();
        for (int i = 0; i < 3 * WeakSecretSearch.WHOLE_LIST; i++) {
            tokens.add(
                    token(
                            "HS256",
                            "{\"iss\":\"https://i.example\",\"sub\":\"" + i + "\"}",
                            secret));
        }
        assertThat(search(RULES, threads, tokens))
                .hasSize(tokens.size())
                .isEqualTo(search(RULES, 1, tokens.reversed()));
    }

    @Test
    void triesEveryWordOfAWordlistOnEveryToken() throws IOException {
        Path words = folder.resolve("words");
        Files.write(
                words,
                bytes(
                        "one\r\n\ntwo\n"
                                + "x".repeat(5000)
                                + "\n\\x41\n"
                                + new String(NOBODYS, StandardCharsets.US_ASCII)));
        List<Token> tokens = new ArrayList<>();
        for (int i = 0; i < 2 * WeakSecretSearch.WHOLE_LIST; i++) {
            tokens.add(token("HS512", "{\"iss\":\"i\",\"sub\":\"" + i + "\"}", NOBODYS));
        }
        tokens.add(token("HS256", "{\"sub\":\"one\"}", bytes("one")));
        tokens.add(token("HS256", "{\"sub\":\"two\"}", bytes("two")));
        tokens.add(token("HS256", "{\"sub\":\"escape\"}", bytes("\\x41")));
        Map<TokenId, WeakSecret> found = search(RULES.withWordlist(words), 2, tokens);
        assertThat(found).hasSize(tokens.size());
        assertThat(secretOf(tokens.getFirst(), found).list()).isEqualTo(WeakSecret.WORDLIST);
        assertThat(secretOf(tokens.getFirst(), found).number()).isEqualTo(4);
    }

    @Test
    void aSampleStaysASample() {
        String sample =
                Tokens.signed(
                        "HS256",
                        "{\"sub\":\"1234567890\",\"name\":\"John Doe\",\"iat\":1516239022}",
                        bytes("your-256-bit-secret"));
        assertThat(
                        Judged.by(
                                        RULES.policy("default"),
                                        sample,
                                        StorageContext.UNKNOWN,
                                        Optional.empty())
                                .rating()
                                .level())
                .isEqualTo(Level.INFO);
    }

    /// What is rated a sample whatever signed it costs no search.
    @Test
    void aSampleIsTriedWithWordlistsOnly() throws IOException {
        Token sample =
                token(
                        "HS256",
                        "{\"sub\":\"1234567890\",\"name\":\"John Doe\",\"iat\":1516239022}",
                        bytes("your-256-bit-secret"));
        assertThat(new WeakSecretSearch(List.of(sample), RULES).isEmpty()).isTrue();
        RuleSet withWords =
                RULES.withWordlist(Files.writeString(folder.resolve("words"), "nothing\n"));
        assertThat(search(withWords, 1, List.of(sample))).hasSize(1);
    }

    private static Map<TokenId, WeakSecret> search(RuleSet rules, int threads, List<Token> tokens) {
        var search = new WeakSecretSearch(tokens, rules);
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int thread = i;
            running.add(Thread.ofPlatform().start(() -> search.run(thread, threads, () -> false)));
        }
        for (Thread thread : running) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return search.found();
    }

    private static WeakSecret secretOf(Token token, Map<TokenId, WeakSecret> found) {
        return Optional.ofNullable(found.get(token.id())).orElseThrow();
    }

    private static Token token(String alg, String claims, byte[] secret) {
        return Judged.token(Tokens.signed(alg, claims, secret));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
