package io.jwtrawl.bench;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// A token that nobody issued.
///
/// @param text how it is written
/// @param compact its compact serialization in base64url, of which its id is made
/// @param inside compact serializations of other tokens that may be found in or around it
record MadeUp(String text, String compact, List<String> inside) {

    static MadeUp of(String compact) {
        return new MadeUp(compact, compact, List.of());
    }

    /// A token that is written otherwise than in its compact serialization.
    static MadeUp written(String text, String compact) {
        return new MadeUp(text, compact, List.of());
    }

    /// The ids of it and of what is inside, its own first.
    List<String> ids() {
        return Stream.concat(Stream.of(compact), inside.stream()).map(MadeUp::id).toList();
    }

    private static String id(String compact) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(compact.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
