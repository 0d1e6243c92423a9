package io.jwtrawl.engine;

import io.jwtrawl.token.Remark;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Reads comments that let a token stay, on the line where it begins.
final class Remarks {

    /// No farther from a token is looked for one.
    static final int REACH = 4096;

    /// Ours first: where there are two, it counts.
    private static final List<String> MARKERS =
            List.of(
                    Remark.ALLOW,
                    "gitleaks:allow",
                    "betterleaks:allow",
                    "kingfisher:ignore",
                    "kingfisher:allow");

    private static final int MAX_TEXT = 200;

    private Remarks() {}

    /// The remark on the line of `bytes[from, to)` that has the byte at `at`.
    static Optional<Remark> on(byte[] bytes, int from, int at, int to) {
        int start = at;
        while (start > from && !isLineEnd(bytes[start - 1])) {
            start--;
        }
        int end = at;
        while (end < to && !isLineEnd(bytes[end])) {
            end++;
        }
        String line = new String(bytes, start, end - start, StandardCharsets.UTF_8);
        for (String marker : MARKERS) {
            int found = line.indexOf(marker);
            if (found >= 0) {
                String text = line.substring(found + marker.length()).strip();
                return Optional.of(
                        new Remark(marker, text.substring(0, Math.min(MAX_TEXT, text.length()))));
            }
        }
        return Optional.empty();
    }

    private static boolean isLineEnd(byte b) {
        return b == '\n' || b == '\r';
    }
}
