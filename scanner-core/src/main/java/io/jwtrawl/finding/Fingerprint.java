package io.jwtrawl.finding;

import io.jwtrawl.source.Sha256;
import io.jwtrawl.token.TokenId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/// The identity of a finding from one scan to the next: of its token, its path and its containers, not of its line.
///
/// @param hex 64 lowercase hexadecimal digits
public record Fingerprint(String hex) {

    public static Fingerprint of(TokenId token, Place place) {
        MessageDigest sha256 = Sha256.digest();
        feed(sha256, token.hex());
        feed(sha256, place.path());
        place.inner().forEach(name -> feed(sha256, name));
        return new Fingerprint(HexFormat.of().formatHex(sha256.digest()));
    }

    /// With an end mark that no name holds, so that two names never read as one.
    private static void feed(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    @Override
    public String toString() {
        return hex;
    }
}
