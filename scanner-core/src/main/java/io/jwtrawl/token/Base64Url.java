package io.jwtrawl.token;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// Base64 in whatever alphabet, with or without padding, read and written as base64url without.
final class Base64Url {

    private Base64Url() {}

    /// The bytes that `text[from, to)` encodes, if it is base64.
    static Optional<byte[]> decode(byte[] text, int from, int to) {
        byte[] plain = normalized(text, from, to);
        try {
            return Optional.of(Base64.getUrlDecoder().decode(plain));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// `text[from, to)` in the alphabet for URLs, without the padding at its end.
    static byte[] normalized(byte[] text, int from, int to) {
        int end = to;
        while (end > from && text[end - 1] == '=') {
            end--;
        }
        byte[] plain = Arrays.copyOfRange(text, from, end);
        for (int i = 0; i < plain.length; i++) {
            plain[i] = plain[i] == '+' ? (byte) '-' : plain[i] == '/' ? (byte) '_' : plain[i];
        }
        return plain;
    }

    /// How many bytes `text[from, to)` encodes.
    static int decodedLength(byte[] text, int from, int to) {
        int end = to;
        while (end > from && text[end - 1] == '=') {
            end--;
        }
        return (int) ((end - from) * 3L / 4);
    }
}
