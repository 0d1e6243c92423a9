package io.jwtrawl.verify;

import io.jwtrawl.rules.TokenForm;
import io.jwtrawl.token.Token;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// What of a token was signed, and the signature.
final class SignedText {

    private static final String PADDED_RULE = "jws-padded";

    private final List<byte[]> inputs;
    private final byte[] signature;

    private SignedText(List<byte[]> inputs, byte[] signature) {
        this.inputs = List.copyOf(inputs);
        this.signature = signature;
    }

    /// The ASCII bytes of header, dot and payload, in each way in which they may have stood there: a token is kept without
    /// its padding, which its issuer may have signed with the rest.
    List<byte[]> inputs() {
        return inputs;
    }

    byte[] signature() {
        return signature.clone();
    }

    /// Empty if the payload lies elsewhere, and is not given.
    ///
    /// @param payload of a token that comes without its own
    static Optional<SignedText> of(Token token, Optional<byte[]> payload) {
        String text = new String(token.text().reveal(), StandardCharsets.ISO_8859_1);
        if (token.form() == TokenForm.SD_JWT && text.indexOf('~') >= 0) {
            text = text.substring(0, text.indexOf('~'));
        }
        int first = text.indexOf('.');
        int last = text.lastIndexOf('.');
        if (first < 0) {
            return Optional.empty();
        }
        byte[] signature = signature(text.substring(last + 1));
        if (last <= first + 1) {
            String header = text.substring(0, first);
            return payload.map(
                    bytes -> new SignedText(List.of(detached(token, header, bytes)), signature));
        }
        List<byte[]> inputs = new ArrayList<>();
        inputs.add(
                ascii(
                        NatsKeys.signsPayloadOnly(token.alg())
                                ? text.substring(first + 1, last)
                                : text.substring(0, last)));
        if (token.rule().id().equals(PADDED_RULE)) {
            String padded =
                    padded(text.substring(0, first))
                            + "."
                            + padded(text.substring(first + 1, last));
            inputs.add(ascii(padded));
            inputs.add(ascii(padded.replace('-', '+').replace('_', '/')));
            inputs.add(ascii(text.substring(0, last).replace('-', '+').replace('_', '/')));
        }
        return Optional.of(new SignedText(inputs, signature));
    }

    private static byte[] signature(String base64) {
        try {
            return Base64.getUrlDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0]; // which no key made
        }
    }

    /// The payload encoded as ever (RFC 7515, appendix F), or as it is if the header says so (RFC 7797).
    private static byte[] detached(Token token, String header, byte[] payload) {
        boolean plain = !token.header().path("b64").asBoolean(true);
        byte[] encoded = plain ? payload : Base64.getUrlEncoder().withoutPadding().encode(payload);
        byte[] start = ascii(header + ".");
        byte[] input = Arrays.copyOf(start, start.length + encoded.length);
        System.arraycopy(encoded, 0, input, start.length, encoded.length);
        return input;
    }

    private static String padded(String base64) {
        return base64 + "=".repeat((4 - base64.length() % 4) % 4);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
