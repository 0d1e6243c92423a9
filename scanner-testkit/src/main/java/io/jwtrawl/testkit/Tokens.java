package io.jwtrawl.testkit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Tokens that nobody issued. The same arguments always give the same token.
public final class Tokens {

    private static final String HS256_HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

    private static final String KEY = "a key of the test kit";

    private Tokens() {}

    /// A token signed with HS256 and a key that is known to nobody and guarded by nobody.
    ///
    /// @param claims the payload, as JSON
    public static String signed(String claims) {
        return signed(HS256_HEADER, claims);
    }

    /// A token signed with an HMAC.
    ///
    /// @param alg `HS256`, `HS384` or `HS512`
    /// @param secret the key
    public static String signed(String alg, String claims, byte[] secret) {
        String input = encode("{\"alg\":\"" + alg + "\",\"typ\":\"JWT\"}") + "." + encode(claims);
        return input + "." + encode(hmac("HmacSHA" + alg.substring(2), input, secret));
    }

    /// The same with a header of your own; the signature is an HMAC whatever the header says.
    public static String signed(String header, String claims) {
        String input = encode(header) + "." + encode(claims);
        return input + "." + encode(hmac(input));
    }

    /// A token that looks signed with whatever its header says: the signature is so many random bytes.
    public static String signed(String header, String claims, int signatureBytes, Random random) {
        return String.join(
                ".", encode(header), encode(claims), encode(bytes(random, signatureBytes)));
    }

    /// An unsecured token: `alg` none, no signature.
    public static String unsecured(String claims) {
        return encode("{\"alg\":\"none\"}") + "." + encode(claims) + ".";
    }

    /// Something with the five parts of an encrypted token; there is nothing inside.
    public static String encrypted(long seed) {
        var random = new Random(seed);
        return encode("{\"alg\":\"RSA-OAEP-256\",\"enc\":\"A256GCM\"}")
                + "."
                + encode(bytes(random, 256))
                + "."
                + encode(bytes(random, 12))
                + "."
                + encode(bytes(random, 64))
                + "."
                + encode(bytes(random, 16));
    }

    /// One of endlessly many different signed tokens.
    public static String any(long seed) {
        return signed("{\"sub\":\"test-" + seed + "\"}");
    }

    /// The key of all signed ones, as a set of JSON Web Keys.
    public static String keySet() {
        return "{\"keys\":[{\"kty\":\"oct\",\"k\":\"" + encode(KEY) + "\"}]}";
    }

    /// `text` in base64url without padding.
    public static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    public static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// So many random bytes.
    public static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] hmac(String input) {
        return hmac("HmacSHA256", input, KEY.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] hmac(String algorithm, String input, byte[] secret) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            // Java refuses empty keys; HMAC pads all keys with zeros.
            mac.init(new SecretKeySpec(secret.length == 0 ? new byte[1] : secret, algorithm));
            return mac.doFinal(input.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("the JDK has " + algorithm, e);
        }
    }
}
