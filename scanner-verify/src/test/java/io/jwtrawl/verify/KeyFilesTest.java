package io.jwtrawl.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFilesTest {

    @TempDir Path folder = Path.of("");

    private Path file(String content) throws Exception {
        return Files.writeString(folder.resolve("key"), content);
    }

    private Key only(String content) throws Exception {
        List<VerificationKey> keys = KeyFiles.read(file(content)).keys();
        assertThat(keys).hasSize(1);
        return keys.getFirst().key();
    }

    private static String pem(Object... objects) throws Exception {
        var text = new StringWriter();
        try (var pem = new JcaPEMWriter(text)) {
            for (Object object : objects) {
                pem.writeObject(object);
            }
        }
        return text.toString();
    }

    private static String pkcs8(PrivateKey key) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519", "Ed448"})
    void everyFormOfAKeyGivesItsPublicKey(String algorithm) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance(algorithm).generateKeyPair();

        assertThat(only(pem(pair.getPublic()))).isEqualTo(pair.getPublic());
        assertThat(only(pkcs8(pair.getPrivate())).getEncoded())
                .isEqualTo(pair.getPublic().getEncoded());
        assertThat(only("a line before\n" + pem(pair.getPublic()) + "and one behind\n"))
                .isEqualTo(pair.getPublic());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void soDoTheFormsOfOpenSslAndCertificates(String algorithm) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance(algorithm).generateKeyPair();

        String old = asOpenSslWrites(pair.getPrivate());
        assertThat(old).contains("BEGIN " + algorithm + " PRIVATE KEY");
        assertThat(only(old).getEncoded()).isEqualTo(pair.getPublic().getEncoded());
        assertThat(only(pem(TestIssuer.certificate(pair, "localhost"))))
                .isEqualTo(pair.getPublic());
    }

    /// With the curve in it, which the writer of PEM leaves out.
    private static String asOpenSslWrites(PrivateKey key) throws Exception {
        return key instanceof ECPrivateKey ec
                ? pem(
                        new PemObject(
                                "EC PRIVATE KEY",
                                new org.bouncycastle.asn1.sec.ECPrivateKey(
                                                384, ec.getS(), SECObjectIdentifiers.secp384r1)
                                        .getEncoded()))
                : pem(key);
    }

    @Test
    void severalKeysInOneFileAreAllTaken() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        KeyPair one = generator.generateKeyPair();
        KeyPair two = generator.generateKeyPair();

        assertThat(KeyFiles.read(file(pem(one.getPublic(), two.getPublic()))).keys())
                .extracting(VerificationKey::key)
                .containsExactly(one.getPublic(), two.getPublic());
    }

    @Test
    void anEncryptedPrivateKeyIsSaidToBeOne() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        var encryptor =
                new JceOpenSSLPKCS8EncryptorBuilder(JcaPKCS8Generator.AES_256_CBC)
                        .setProvider(BouncyCastle.PROVIDER)
                        .setPassword("secret".toCharArray())
                        .build();
        Path file = file(pem(new JcaPKCS8Generator(pair.getPrivate(), encryptor)));

        assertThatThrownBy(() -> KeyFiles.read(file)).hasMessageContaining("encrypted");
    }

    @Test
    void aSecretIsTakenWithAndWithoutItsLineBreakAndFromBase64() throws Exception {
        List<String> secrets =
                KeyFiles.read(file("c2VjcmV0\n")).keys().stream()
                        .map(key -> new String(key.key().getEncoded(), StandardCharsets.UTF_8))
                        .toList();

        assertThat(secrets).containsExactly("c2VjcmV0", "secret", "c2VjcmV0\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n ",
                "{",
                "{}",
                "{\"keys\":1}",
                "{\"kty\":\"RSA\"}",
                "{\"kty\":\"XYZ\"}",
                "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"AAAA\"}",
                "{\"kty\":\"AKP\",\"alg\":\"ML-DSA-44\",\"pub\":\"AAAA\"}",
                "{\"kty\":\"AKP\",\"alg\":\"ML-DSA-44\",\"pub\":\"!\"}",
                "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}]}",
                "{\"keys\":[{\"kty\":\"oct\",\"use\":\"enc\",\"k\":\"AAAA\"}]}",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----\nAAAA",
                "-----BEGIN NOTHING-----\nAAAA\n-----END NOTHING-----",
            })
    void whatIsNoKeyIsSaidToBeNone(String content) throws Exception {
        Path file = file(content);

        assertThatThrownBy(() -> KeyFiles.read(file)).isInstanceOf(KeyFormatException.class);
    }

    @Test
    void whatIsMissingOrEndlessIsSaidToBe() throws Exception {
        assertThatThrownBy(() -> KeyFiles.read(folder.resolve("none")))
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> KeyFiles.read(folder)).isInstanceOf(KeyFormatException.class);
        Path large = Files.write(folder.resolve("large"), new byte[KeyFiles.MAX_BYTES + 1]);
        assertThatThrownBy(() -> KeyFiles.read(large)).hasMessageContaining("larger");
    }

    @Test
    void oneBrokenKeyOfASetDoesNotCostTheOthers() throws Exception {
        String set =
                "{\"keys\":[{\"kty\":\"RSA\"},null,7,{\"kty\":\"oct\",\"kid\":\"a\",\"k\":\"AAAA\"}]}";

        assertThat(JwkReader.read(set, "s").keys())
                .singleElement()
                .satisfies(key -> assertThat(key.id()).contains("a"));
        assertThat(JwkReader.read("{\"keys\":[]}", "s").keys()).isEmpty();
    }

    @Test
    void nothingThatAFileHoldsBreaksTheReader() throws Exception {
        var random = new Random(25);
        String pem = pem(KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic());
        String jwk = "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}]}";
        for (int i = 0; i < 2000; i++) {
            byte[] content = (i % 2 == 0 ? pem : jwk).getBytes(StandardCharsets.UTF_8);
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                content[random.nextInt(content.length)] = (byte) random.nextInt(256);
            }
            content = Arrays.copyOf(content, random.nextInt(content.length) + 1);
            Files.write(folder.resolve("broken"), content);
            try {
                assertThat(KeyFiles.read(folder.resolve("broken")).keys()).isNotEmpty();
            } catch (KeyFormatException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }
}
