package io.jwtrawl.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.classify.Verification.Outcome;
import io.jwtrawl.testkit.Tokens;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NatsKeysTest {

    /// From <https://docs.nats.io/running-a-nats-service/configuration/securing_nats/auth_intro/nkey_auth>.
    private static final String PUBLISHED =
            "UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4";

    private static final byte ACCOUNT = 0;

    @TempDir Path folder = Path.of("");

    @Test
    void readsTheKeyInTheManualAndNoneThatDiffers() {
        assertThat(NatsKeys.read(PUBLISHED, "a key").orElseThrow().id()).contains(PUBLISHED);
        for (int i = 1; i < PUBLISHED.length(); i++) {
            char other = PUBLISHED.charAt(i) == 'A' ? 'B' : 'A';
            assertThat(
                            NatsKeys.read(
                                    PUBLISHED.substring(0, i) + other + PUBLISHED.substring(i + 1),
                                    "a key"))
                    .as("changed at %d", i)
                    .isEmpty();
        }
        for (String wrong : List.of("", PUBLISHED.substring(1), "S" + PUBLISHED.substring(1))) {
            assertThat(NatsKeys.read(wrong, "a key")).isEmpty();
        }
    }

    @Test
    void checksBothVersionsWithTheKeyThatTheIssuerIs() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        String issuer = encoded(pair);
        String stranger = encoded(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        for (String alg : List.of("ed25519-nkey", "ed25519")) {
            String token = token(alg, issuer, pair);
            String[] parts = token.split("\\.");
            String changed =
                    parts[0] + "." + Tokens.encode(claims(issuer, "root")) + "." + parts[2];

            assertThat(check(token, issuer)).as(alg).isEqualTo(Outcome.VERIFIED);
            assertThat(check(changed, issuer)).as(alg).isEqualTo(Outcome.BAD_SIGNATURE);
            assertThat(check(token, stranger)).as(alg).isEqualTo(Outcome.UNKNOWN);
        }
    }

    private Outcome check(String token, String key) throws Exception {
        Path file = Files.writeString(folder.resolve("key"), key + "\n");
        return new TokenVerifier(
                        List.of(KeySource.of(KeyFiles.read(file))),
                        new Expectations(
                                Optional.empty(), Optional.empty(), Instant.EPOCH, Duration.ZERO))
                .verify(FoundTokens.the(token))
                .verification()
                .outcome();
    }

    private static String claims(String issuer, String subject) {
        return "{\"jti\":\"x\",\"iat\":1700000000,\"iss\":\""
                + issuer
                + "\",\"sub\":\""
                + subject
                + "\",\"nats\":{\"type\":\"user\",\"version\":2}}";
    }

    private static String token(String alg, String issuer, KeyPair pair) throws Exception {
        String payload = Tokens.encode(claims(issuer, "UA"));
        String whole = Tokens.encode("{\"typ\":\"JWT\",\"alg\":\"" + alg + "\"}") + "." + payload;
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(pair.getPrivate());
        signature.update(
                (alg.equals("ed25519") ? payload : whole).getBytes(StandardCharsets.US_ASCII));
        return whole + "." + Tokens.encode(signature.sign());
    }

    /// As nkeys writes it.
    private static String encoded(KeyPair pair) {
        byte[] info = pair.getPublic().getEncoded(); // ends in the bare key
        var bytes = new ByteArrayOutputStream();
        bytes.write(ACCOUNT);
        bytes.writeBytes(Arrays.copyOfRange(info, info.length - 32, info.length));
        int crc = 0;
        for (byte b : bytes.toByteArray()) {
            crc ^= (b & 0xff) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = ((crc << 1) ^ ((crc & 0x8000) == 0 ? 0 : 0x1021)) & 0xffff;
            }
        }
        bytes.write(crc & 0xff);
        bytes.write(crc >> 8);
        String digits = new BigInteger(1, bytes.toByteArray()).toString(32);
        var text = new StringBuilder("A".repeat(56 - digits.length()));
        for (int i = 0; i < digits.length(); i++) {
            int digit = Character.digit(digits.charAt(i), 32);
            text.append("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".charAt(digit));
        }
        return text.toString();
    }
}
