package io.jwtrawl.git.objects;

import io.jwtrawl.source.GitObjectType;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/// The objects in a folder that have files of their own.
final class LooseObjects {

    /// `commit`, a space, twenty digits, a NUL.
    private static final int MAX_HEADER = 32;

    private final Path folder;
    private final HashFormat format;

    LooseObjects(Path folder, HashFormat format) {
        this.folder = folder;
        this.format = format;
    }

    /// An open loose object.
    ///
    /// @param size what its header claims
    /// @param content what follows the header
    record Open(GitObjectType type, long size, InputStream content) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            content.close();
        }
    }

    /// Adds the ids of all of them.
    ///
    /// @param problems learns of folders that cannot be read
    void list(List<ObjectId> ids, FileProblems problems) {
        for (Path path : Folder.list(folder, problems)) {
            String digits = name(path);
            if (digits.length() == 2 && isHex(digits)) {
                list(path, digits, ids, problems);
            }
        }
    }

    private void list(Path inner, String digits, List<ObjectId> ids, FileProblems problems) {
        for (Path file : Folder.list(inner, problems)) {
            String name = digits + name(file);
            if (name.length() == format.digits() && ObjectId.isId(name)) {
                ids.add(ObjectId.fromString(name));
            }
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static boolean isHex(String digits) {
        for (int i = 0; i < digits.length(); i++) {
            if (!HexFormat.isHexDigit(digits.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    boolean contains(ObjectId id) {
        return Files.exists(file(id));
    }

    private Path file(ObjectId id) {
        String name = id.name();
        return folder.resolve(name.substring(0, 2)).resolve(name.substring(2));
    }

    /// Opens the object.
    ///
    /// @throws MissingObjectException if it has no file here
    Open open(ObjectId id) throws IOException {
        Path file = file(id);
        try {
            // Whoever made the repository may have put a pipe there, which would block for ever.
            if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
                throw new BadObjectException("not a regular file");
            }
            return opened(Files.newInputStream(file));
        } catch (NoSuchFileException e) {
            throw new MissingObjectException();
        }
    }

    private static Open opened(InputStream file) throws IOException {
        Inflater inflater = new Inflater();
        var in =
                new InflaterInputStream(file, inflater, 8192) {
                    @Override
                    public void close() throws IOException {
                        super.close();
                        inflater.end();
                    }
                };
        try {
            byte[] header = new byte[MAX_HEADER];
            int length = 0;
            int b = in.read();
            while (b > 0 && length < MAX_HEADER) {
                header[length++] = (byte) b;
                b = in.read();
            }
            if (b != 0) {
                throw new BadObjectException("a header that does not end");
            }
            String[] words = new String(header, 0, length, StandardCharsets.US_ASCII).split(" ", 2);
            return new Open(type(words[0]), size(words), in);
        } catch (ZipException | EOFException e) {
            in.close();
            throw new BadObjectException("compressed content that is broken", e);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private static GitObjectType type(String name) throws BadObjectException {
        return switch (name) {
            case "blob" -> GitObjectType.BLOB;
            case "tree" -> GitObjectType.TREE;
            case "commit" -> GitObjectType.COMMIT;
            case "tag" -> GitObjectType.TAG;
            default -> throw new BadObjectException("an object of no known type");
        };
    }

    private static long size(String[] words) throws BadObjectException {
        try {
            return Long.parseUnsignedLong(words.length == 2 ? words[1] : "");
        } catch (NumberFormatException e) {
            throw new BadObjectException("a size that is no number", e);
        }
    }

    /// The content of the object, piece by piece.
    InputStream stream(ObjectId id) throws IOException {
        Open open = open(id);
        return new FilterInputStream(open.content()) {
            private long left = open.size();

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] to, int from, int length) throws IOException {
                int read = super.read(to, from, length);
                left -= Math.max(read, 0);
                if (left < 0 || (read < 0 && left > 0)) {
                    throw new BadObjectException("content of another size than its header says");
                }
                return read;
            }
        };
    }

    /// All of `object`.
    static byte[] read(Open object) throws IOException {
        if (object.size() < 0 || object.size() > MemoryLimits.LARGE) {
            throw new BadObjectException("larger than " + MemoryLimits.LARGE + " bytes");
        }
        int size = (int) object.size();
        try {
            byte[] bytes = object.content().readNBytes(size);
            if (bytes.length != size || object.content().read() >= 0) {
                throw new BadObjectException("content of another size than its header says");
            }
            return bytes;
        } catch (ZipException | EOFException e) {
            throw new BadObjectException("compressed content that is broken", e);
        }
    }
}
