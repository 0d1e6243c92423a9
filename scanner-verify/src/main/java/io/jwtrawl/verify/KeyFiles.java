package io.jwtrawl.verify;

import io.jwtrawl.source.FailureText;
import io.jwtrawl.source.PathText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/// Reads keys from files, whatever they are in.
public final class KeyFiles {

    static final int MAX_BYTES = 1 << 20;

    private KeyFiles() {}

    /// The keys in `file`: PEM (public key, private key or certificate), a JWK, a JWK set, a public
    /// key of NATS, or else a secret as it is.
    ///
    /// @throws KeyFormatException if there is none
    public static KeySet read(Path file) throws KeyFormatException {
        byte[] content = content(file);
        String text = new String(content, StandardCharsets.UTF_8).strip();
        String name = PathText.of(file);
        if (text.isEmpty()) {
            throw new KeyFormatException("is empty");
        }
        if (text.startsWith("{")) {
            return new KeySet(JwkReader.read(text, name).keys(), KeySet.Authority.CHOSEN);
        }
        if (text.contains("-----BEGIN ")) {
            return PemReader.read(text, name);
        }
        return NatsKeys.read(text, name)
                .map(key -> new KeySet(List.of(key), KeySet.Authority.CHOSEN))
                .orElseGet(() -> secret(content, name));
    }

    /// The whole set of an issuer's keys in `file`, as JSON (RFC 7517, section 5).
    public static KeySet readSet(Path file) throws KeyFormatException {
        return JwkReader.read(new String(content(file), StandardCharsets.UTF_8), PathText.of(file));
    }

    private static byte[] content(Path file) throws KeyFormatException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw new KeyFormatException("is larger than 1 MiB");
            }
            return content;
        } catch (IOException e) {
            throw new KeyFormatException("cannot be read: " + FailureText.of(e), e);
        }
    }

    /// Secrets are kept in files with and without a line break behind them, and in base64 or as they are: each is tried.
    private static KeySet secret(byte[] content, String name) {
        Map<String, byte[]> readings = new LinkedHashMap<>();
        byte[] line = withoutLineBreak(content);
        readings.put(name, line);
        decoded(line).ifPresent(bytes -> readings.put(name + ", decoded from base64", bytes));
        if (line.length < content.length) {
            readings.put(name + ", with its line break", content);
        }
        return new KeySet(
                readings.entrySet().stream()
                        .filter(reading -> reading.getValue().length > 0)
                        .map(reading -> secretKey(reading.getKey(), reading.getValue()))
                        .toList(),
                KeySet.Authority.CHOSEN);
    }

    private static VerificationKey secretKey(String name, byte[] secret) {
        return new VerificationKey(
                name, Optional.empty(), Optional.empty(), new SecretKeySpec(secret, "HMAC"));
    }

    private static byte[] withoutLineBreak(byte[] content) {
        int end = content.length;
        if (end > 0 && content[end - 1] == '\n') {
            end--;
        }
        if (end > 0 && content[end - 1] == '\r') {
            end--;
        }
        return Arrays.copyOf(content, end);
    }

    private static Optional<byte[]> decoded(byte[] text) {
        for (Base64.Decoder decoder : List.of(Base64.getDecoder(), Base64.getUrlDecoder())) {
            try {
                return Optional.of(decoder.decode(text));
            } catch (IllegalArgumentException _) {
                // Then it is no base64 of this kind.
            }
        }
        return Optional.empty();
    }
}
