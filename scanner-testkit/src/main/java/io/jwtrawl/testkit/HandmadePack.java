package io.jwtrawl.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/// A pack, and its index of version 2, written byte by byte: also such as Git would never write. With SHA-1 ids.
public final class HandmadePack {

    /// The types of entries by their numbers (gitformat-pack).
    public static final int COMMIT = 1;

    public static final int TREE = 2;
    public static final int BLOB = 3;
    private static final int OFS_DELTA = 6;
    private static final int REF_DELTA = 7;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<Entry> entries = new ArrayList<>();

    private record Entry(String id, long offset) {}

    public HandmadePack() {
        out.writeBytes(new byte[12]); // filled in at the end
    }

    /// The id that Git gives to an object.
    public static String id(String type, byte[] content) {
        MessageDigest sha1 = sha1();
        sha1.update((type + " " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(sha1.digest(content));
    }

    /// Adds an object as it is, and returns its offset.
    public long add(String id, int type, byte[] content) {
        return add(id, type, content.length, new byte[0], deflated(content));
    }

    /// Adds a blob of so many zeros and then `end`, without ever holding it.
    public long addZeros(String id, long zeros, byte[] end) {
        return add(id, BLOB, zeros + end.length, new byte[0], deflated(zeros, end));
    }

    /// Adds a delta against the entry at `base`.
    public long addDelta(String id, long base, byte[] delta) {
        long back = out.size() - base;
        byte[] number = new byte[10];
        int at = number.length - 1;
        number[at] = (byte) (back & 0x7f);
        for (long rest = back >>> 7; rest > 0; rest >>>= 7) {
            rest--;
            number[--at] = (byte) (0x80 | (rest & 0x7f));
        }
        return add(
                id,
                OFS_DELTA,
                delta.length,
                Arrays.copyOfRange(number, at, number.length),
                deflated(delta));
    }

    /// Adds a delta against the object of that id, wherever it is.
    public long addDelta(String id, String base, byte[] delta) {
        return add(id, REF_DELTA, delta.length, HexFormat.of().parseHex(base), deflated(delta));
    }

    /// Adds an entry whose header claims `size`.
    ///
    /// @param base what stands between the header and the compressed bytes
    public long add(String id, int type, long size, byte[] base, byte[] compressed) {
        long offset = out.size();
        entries.add(new Entry(id, offset));
        long rest = size >>> 4;
        int first = (int) ((type << 4) | (size & 15));
        while (rest > 0) {
            out.write(first | 0x80);
            first = (int) (rest & 0x7f);
            rest >>>= 7;
        }
        out.write(first);
        out.writeBytes(base);
        out.writeBytes(compressed);
        return offset;
    }

    /// What zlib makes of `content`.
    public static byte[] deflated(byte[] content) {
        return deflated(0, content);
    }

    private static byte[] deflated(long zeros, byte[] content) {
        var bytes = new ByteArrayOutputStream();
        try (var out =
                new DeflaterOutputStream(bytes, new Deflater(Deflater.BEST_SPEED), 1 << 16)) {
            byte[] some = new byte[1 << 20];
            for (long left = zeros; left > 0; left -= some.length) {
                out.write(some, 0, (int) Math.min(left, some.length));
            }
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// A delta that copies all of a base of `baseSize` bytes, as often as it fits into `size`, and then `end`.
    public static byte[] growing(long baseSize, long size, byte[] end) {
        var delta = new ByteArrayOutputStream();
        number(delta, baseSize);
        number(delta, size);
        long left = size - end.length;
        while (left > 0) {
            long from = 0;
            while (from < baseSize && left > 0) {
                int count = (int) Math.min(0xffffff, Math.min(baseSize - from, left));
                delta.write(0xff);
                for (int i = 0; i < 4; i++) {
                    delta.write((int) (from >>> (8 * i)));
                }
                for (int i = 0; i < 3; i++) {
                    delta.write(count >>> (8 * i));
                }
                from += count;
                left -= count;
            }
        }
        for (int i = 0; i < end.length; i += 127) {
            int count = Math.min(127, end.length - i);
            delta.write(count);
            delta.write(end, i, count);
        }
        return delta.toByteArray();
    }

    private static void number(OutputStream out, long number) {
        try {
            long rest = number;
            while (rest > 0x7f) {
                out.write((int) (rest | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Adds a tree that has those blobs, named by numbers, and a commit of it.
    ///
    /// @return the id of the commit
    public String commit(List<String> blobs) {
        var tree = new ByteArrayOutputStream();
        for (int i = 0; i < blobs.size(); i++) {
            tree.writeBytes(
                    String.format(Locale.ROOT, "100644 %06d\0", i)
                            .getBytes(StandardCharsets.US_ASCII));
            tree.writeBytes(HexFormat.of().parseHex(blobs.get(i)));
        }
        String treeId = id("tree", tree.toByteArray());
        add(treeId, TREE, tree.toByteArray());
        return commit(treeId);
    }

    /// Adds a commit of that tree.
    ///
    /// @return its id
    public String commit(String tree) {
        String person = "A <a@example.org> 1700000000 +0000";
        byte[] commit =
                ("tree " + tree + "\nauthor " + person + "\ncommitter " + person + "\n\nx\n")
                        .getBytes(StandardCharsets.US_ASCII);
        String id = id("commit", commit);
        add(id, COMMIT, commit);
        return id;
    }

    /// Writes `pack-NAME.pack` and `pack-NAME.idx` into the folder `objects/pack` of a repository.
    public void write(Path folder, String name) {
        byte[] pack = out.toByteArray();
        ByteBuffer.wrap(pack)
                .put("PACK".getBytes(StandardCharsets.US_ASCII))
                .putInt(2)
                .putInt(entries.size());
        byte[] checksum = sha1().digest(pack);
        entries.sort(Comparator.comparing(Entry::id));
        var index = ByteBuffer.allocate(8 + 256 * 4 + entries.size() * 28 + 40);
        index.putInt(0xff744f63).putInt(2);
        for (int first = 0; first < 256; first++) {
            int last = first;
            index.putInt(
                    (int)
                            entries.stream()
                                    .filter(entry ->
                                            Integer.parseInt(entry.id().substring(0, 2), 16)
                                                    <= last)
                                    .count());
        }
        entries.forEach(entry -> index.put(HexFormat.of().parseHex(entry.id())));
        entries.forEach(_ -> index.putInt(0));
        entries.forEach(entry -> index.putInt((int) entry.offset()));
        index.put(checksum);
        byte[] bytes = index.array();
        MessageDigest sha1 = sha1();
        sha1.update(bytes, 0, bytes.length - 20);
        System.arraycopy(sha1.digest(), 0, bytes, bytes.length - 20, 20);
        try {
            Files.createDirectories(folder);
            try (OutputStream file =
                    Files.newOutputStream(folder.resolve("pack-" + name + ".pack"))) {
                file.write(pack);
                file.write(checksum);
            }
            Files.write(folder.resolve("pack-" + name + ".idx"), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
