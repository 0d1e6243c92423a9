package io.jwtrawl.classify;

import io.jwtrawl.token.Claims;
import io.jwtrawl.token.Token;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/// What a token's signature signs, and the signature, if it is an HMAC (RFC 7515, section 5.2; RFC 7518, section 3.2).
final class HmacText {

    private final Token token;
    private final HmacAlgorithm algorithm;

    private final byte[] input;

    private final byte[] signature;
    private final Optional<String> kin;

    private HmacText(Token token, HmacAlgorithm algorithm, byte[] input, byte[] signature) {
        this.token = token;
        this.algorithm = algorithm;
        this.input = input;
        this.signature = signature;
        kin = token.claims().flatMap(Claims::issuer).map(issuer -> header(input) + "\0" + issuer);
    }

    private static String header(byte[] input) {
        int end = 0;
        while (input[end] != '.') {
            end++;
        }
        return new String(input, 0, end, StandardCharsets.ISO_8859_1);
    }

    Token token() {
        return token;
    }

    HmacAlgorithm algorithm() {
        return algorithm;
    }

    /// The encoded header and payload with the dot between; not copied.
    byte[] input() {
        return input;
    }

    /// Not copied.
    byte[] signature() {
        return signature;
    }

    /// What tokens have in common that are signed with the same key: their header and issuer. Absent without an issuer.
    Optional<String> kin() {
        return kin;
    }

    /// Whether `hash`, keyed with some secret, makes this signature.
    boolean isSignedBy(KeyedHash hash) {
        return Arrays.equals(hash.of(input), signature);
    }

    static Optional<HmacText> of(Token token) {
        if (!(token instanceof Token.Signed)
                || token.isPartial()
                || !token.alg().regionMatches(true, 0, "HS", 0, 2)) {
            return Optional.empty();
        }
        Optional<HmacAlgorithm> algorithm =
                HmacAlgorithm.named(token.alg().toUpperCase(Locale.ROOT));
        if (algorithm.isEmpty()) {
            return Optional.empty();
        }
        byte[] text = token.text().reveal();
        int end = 0; // behind the third part: disclosures of an SD-JWT are not signed
        int dots = 0;
        int lastDot = -1;
        while (end < text.length && text[end] != '~') {
            if (text[end] == '.') {
                dots++;
                lastDot = end;
            }
            end++;
        }
        if (dots != 2) {
            return Optional.empty();
        }
        try {
            byte[] signature =
                    Base64.getUrlDecoder().decode(Arrays.copyOfRange(text, lastDot + 1, end));
            return signature.length == algorithm.get().bytes()
                    ? Optional.of(
                            new HmacText(
                                    token,
                                    algorithm.get(),
                                    Arrays.copyOf(text, lastDot),
                                    signature))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
