package io.jwtrawl.git;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What Git LFS commits in place of a large file. See the `spec.md` of Git LFS.
///
/// @param sha256 of the content, 64 lowercase hexadecimal digits
/// @param size of the content in bytes
record LfsPointer(String sha256, long size) {

    private static final byte[] VERSION =
            "version https://git-lfs.github.com/spec/".getBytes(StandardCharsets.US_ASCII);
    private static final String OID = "oid sha256:";
    private static final String SIZE = "size ";
    private static final int SHA256 = 64;

    /// By the specification.
    private static final int MAX_POINTER = 1024;

    /// The pointer that `bytes[start, end)` is; empty if it is something else.
    static Optional<LfsPointer> parse(byte[] bytes, int start, int end) {
        if (end - start > MAX_POINTER || !startsWith(bytes, start, end, VERSION)) {
            return Optional.empty();
        }
        String sha256 = "";
        long size = -1;
        for (String line :
                new String(bytes, start, end - start, StandardCharsets.UTF_8).lines().toList()) {
            if (line.startsWith(OID)) {
                sha256 = line.substring(OID.length());
            } else if (line.startsWith(SIZE)) {
                size = number(line.substring(SIZE.length()));
            }
        }
        return isHash(sha256) && size >= 0
                ? Optional.of(new LfsPointer(sha256, size))
                : Optional.empty();
    }

    /// Where it is kept, below `lfs/objects`.
    String file() {
        return sha256.substring(0, 2) + "/" + sha256.substring(2, 4) + "/" + sha256;
    }

    private static boolean startsWith(byte[] bytes, int start, int end, byte[] prefix) {
        if (end - start < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (bytes[start + i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHash(String text) {
        return text.length() == SHA256
                && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    private static long number(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
