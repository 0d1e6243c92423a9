package io.jwtrawl.git.index;

import io.jwtrawl.git.objects.HashFormat;
import io.jwtrawl.git.objects.ObjectId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// Reads one index file, versions 2, 3 and 4 (gitformat-index). Its checksum is not looked at, as Git does not either
/// where time matters; nor are extensions that only make Git faster.
final class IndexParser {

    private static final int MAGIC = 0x44495243;
    private static final int HEADER = 12;
    private static final int MODE = 24;
    private static final int STAT = 40;
    private static final int EXTENDED = 0x4000;
    private static final int INTENT_TO_ADD = 0x2000;
    private static final int STAGE = 0x3000;
    private static final int STAGE_SHIFT = 12;
    private static final int LENGTH = 0xfff;
    private static final int ALIGNMENT = 8;
    private static final int SIGNATURE = 4;

    private static final int EXTENSION_TREE = 0x54524545;
    private static final int EXTENSION_LINK = 0x6c696e6b;
    private static final int EXTENSION_SPARSE = 0x73646972;

    private final byte[] bytes;
    private final ByteBuffer numbers;
    private final HashFormat format;

    /// Where the checksum begins.
    private final int end;

    private int version;
    private int at = HEADER;
    private Optional<Link> link = Optional.empty();

    /// What a split index says of the shared one.
    ///
    /// @param shared the name of that, by its checksum
    /// @param bitmaps of the entries that are deleted from it and replaced; may be empty
    record Link(ObjectId shared, ByteBuffer bitmaps) {}

    IndexParser(byte[] bytes, HashFormat format) {
        this.bytes = bytes;
        this.format = format;
        numbers = ByteBuffer.wrap(bytes);
        end = bytes.length - format.length();
    }

    GitIndex parse() throws IndexException {
        if (end < HEADER || numbers.getInt(0) != MAGIC) {
            throw new IndexException("not an index");
        }
        version = numbers.getInt(4);
        if (version < 2 || version > 4) {
            throw new IndexException("index version " + version + " is not known");
        }
        int count = numbers.getInt(8);
        if (count < 0 || count > (end - HEADER) / (STAT + format.length() + 2)) {
            throw new IndexException("an index that is cut off");
        }
        GitIndex index =
                version == 4
                        ? new GitIndex(format, count, Arrays.copyOf(bytes, 2 * bytes.length), end)
                        : new GitIndex(format, count, bytes, bytes.length);
        for (int i = 0; i < count; i++) {
            entry(index, i);
        }
        extensions(index);
        return index;
    }

    /// What a split index says of the shared one; empty if it is not split.
    Optional<Link> link() {
        return link;
    }

    private void entry(GitIndex index, int i) throws IndexException {
        int start = at;
        int id = start + STAT;
        int flagsAt = id + format.length();
        int name = flagsAt + 2;
        require(name);
        int flags = numbers.getShort(flagsAt);
        boolean announced = false;
        if ((flags & EXTENDED) != 0) {
            require(name + 2);
            announced = (numbers.getShort(name) & INTENT_TO_ADD) != 0;
            name += 2;
        }
        int mode = numbers.getInt(start + MODE);
        int stage = (flags & STAGE) >> STAGE_SHIFT;
        if (version < 4) {
            int nameEnd = nul(name, name + (flags & LENGTH));
            index.add(name, nameEnd, id, mode, stage, announced);
            at = start + ((nameEnd - start + ALIGNMENT) & -ALIGNMENT);
            return;
        }
        at = name;
        int strip = varint();
        int nameEnd = nul(at, at);
        int before = i == 0 ? 0 : index.pathEnd(i - 1) - index.pathStart(i - 1);
        if (strip > before) {
            throw damaged();
        }
        int path =
                i == 0
                        ? index.append(bytes, at, at)
                        : index.append(
                                index.bytes(),
                                index.pathStart(i - 1),
                                index.pathEnd(i - 1) - strip);
        index.append(bytes, at, nameEnd);
        index.add(path, path + before - strip + nameEnd - at, id, mode, stage, announced);
        at = nameEnd + 1;
    }

    /// How many bytes of the path before do not belong to this one.
    private int varint() throws IndexException {
        require(at + 1);
        byte b = bytes[at++];
        long value = b & 0x7f;
        while (b < 0) {
            require(at + 1);
            b = bytes[at++];
            value = ((value + 1) << 7) + (b & 0x7f);
            if (value > bytes.length) {
                throw damaged();
            }
        }
        return (int) value;
    }

    /// Where a name ends that begins at `from`.
    ///
    /// @param likely where its length says so, which is not told of long ones
    private int nul(int from, int likely) throws IndexException {
        int position = likely < end && bytes[likely] == 0 ? likely : from;
        while (position < end && bytes[position] != 0) {
            position++;
        }
        require(position + 1);
        return position;
    }

    private void extensions(GitIndex index) throws IndexException {
        while (at < end) {
            require(at + 2 * SIGNATURE);
            int signature = numbers.getInt(at);
            int size = numbers.getInt(at + SIGNATURE);
            int from = at + 2 * SIGNATURE;
            if (size < 0 || size > end - from) {
                throw damaged();
            }
            at = from + size;
            if (signature == EXTENSION_TREE) {
                index.setCacheTree(CacheTree.read(bytes, from, at, format));
            } else if (signature == EXTENSION_LINK) {
                if (size < format.length()) {
                    throw damaged();
                }
                link =
                        Optional.of(
                                new Link(
                                        ObjectId.fromRaw(bytes, from, format.length()),
                                        numbers.slice(
                                                from + format.length(), size - format.length())));
            } else if (signature != EXTENSION_SPARSE && bytes[from - 2 * SIGNATURE] >= 'a') {
                // Those that begin with a small letter must be understood.
                throw new IndexException("an index with an extension that is not known");
            }
        }
    }

    private void require(int until) throws IndexException {
        if (until > end || until < 0) {
            throw new IndexException("an index that is cut off");
        }
    }

    private static IndexException damaged() {
        return new IndexException("an index that is damaged");
    }
}
