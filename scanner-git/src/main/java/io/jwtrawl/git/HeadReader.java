package io.jwtrawl.git;

import io.jwtrawl.git.objects.HashFormat;
import io.jwtrawl.git.objects.ObjectId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/// Reads which commit is checked out, and no other ref: there may be a hundred thousand.
final class HeadReader {

    private static final int MAX_REF = 64 * 1024;
    private static final int MAX_SYMBOLIC = 5;
    private static final String SYMBOLIC = "ref:";

    private HeadReader() {}

    /// @return empty before the first commit
    /// @throws IOException if `HEAD`, or what it leads to, is broken, or kept in a way that is not known here
    static Optional<ObjectId> read(GitRepository location, HashFormat format) throws IOException {
        if (GitFiles.exists(location.commonFile("reftable"))) {
            throw new IOException("refs kept as reftable are not supported yet");
        }
        Path head = location.file("HEAD");
        String text =
                Files.isSymbolicLink(head)
                                && Files.readSymbolicLink(head).toString().startsWith("refs/")
                        ? SYMBOLIC + Files.readSymbolicLink(head)
                        : text(head);
        for (int i = 0; i < MAX_SYMBOLIC && text.startsWith(SYMBOLIC); i++) {
            String name = text.substring(SYMBOLIC.length()).strip();
            Path file = fileOf(location, name);
            if (!GitFiles.exists(file) || Files.isDirectory(file)) {
                return packed(location, name, format);
            }
            text = text(file);
        }
        if (text.length() < format.digits() || !isId(text, format.digits())) {
            throw new IOException("a broken ref");
        }
        return Optional.of(ObjectId.fromString(text.substring(0, format.digits())));
    }

    /// A few refs belong to one worktree; the others are shared by all.
    private static Path fileOf(GitRepository location, String name) throws IOException {
        if (!name.startsWith("refs/") || name.contains("..")) {
            throw new IOException("a broken ref");
        }
        boolean isOwn =
                name.startsWith("refs/worktree/")
                        || name.startsWith("refs/bisect/")
                        || name.startsWith("refs/rewritten/");
        try {
            return isOwn ? location.file(name) : location.commonFile(name);
        } catch (java.nio.file.InvalidPathException e) {
            throw new IOException("a broken ref", e);
        }
    }

    private static String text(Path file) throws IOException {
        return new String(GitFiles.read(file, MAX_REF), StandardCharsets.UTF_8).stripTrailing();
    }

    private static Optional<ObjectId> packed(GitRepository location, String name, HashFormat format)
            throws IOException {
        Path file = location.commonFile("packed-refs");
        if (!GitFiles.exists(file)) {
            return Optional.empty();
        }
        byte[] bytes = GitFiles.read(file, RefReader.MAX_PACKED_REFS);
        byte[] wanted = (" " + name).getBytes(StandardCharsets.UTF_8);
        int line = 0;
        while (line < bytes.length) {
            int end = line;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            int id = line + format.digits();
            int nameEnd = end > line && bytes[end - 1] == '\r' ? end - 1 : end;
            if (nameEnd - id == wanted.length
                    && java.util.Arrays.equals(bytes, id, nameEnd, wanted, 0, wanted.length)) {
                try {
                    return Optional.of(ObjectId.fromDigits(bytes, line, format.digits()));
                } catch (IllegalArgumentException e) {
                    throw new IOException("a broken ref", e);
                }
            }
            line = end + 1;
        }
        return Optional.empty();
    }

    private static boolean isId(String text, int digits) {
        for (int i = 0; i < digits; i++) {
            if (!HexFormat.isHexDigit(text.charAt(i))) {
                return false;
            }
        }
        return text.length() == digits || text.charAt(digits) <= ' ';
    }
}
