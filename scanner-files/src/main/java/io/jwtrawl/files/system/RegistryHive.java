package io.jwtrawl.files.system;

import io.jwtrawl.source.MemberSink;
import io.jwtrawl.source.MemoryStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.Optional;

/// Opens a hive of the Windows registry: every value, as `Software\App#Token`, and then what no value in use holds.
///
/// There is no specification by its maker; this follows
/// [the one](https://github.com/msuhanov/regf/blob/master/Windows%20registry%20file%20format%20specification.md) by Maxim
/// Suhanov. The libraries that there are for Java read no values of more than 16 KiB, or are no longer kept.
public final class RegistryHive {

    private static final int BASE = 4096;
    private static final int ROOT = 36;

    /// So many bytes of a large value lie in each of its segments.
    private static final int SEGMENT = 16344;

    private static final int NO_LIST = -1;

    /// Deeper keys than Windows allows.
    private static final int DEEPEST = 600;

    private final byte[] bytes;
    private final int length;
    private final ByteBuffer numbers;
    private final MemberSink sink;

    /// Of which cells, in units of 8 bytes, it is known what they are for.
    private final BitSet reached = new BitSet();

    private Optional<String> damage = Optional.empty();

    private record Key(int offset, String path, int depth) {}

    private RegistryHive(byte[] bytes, int length, MemberSink sink) {
        this.bytes = bytes;
        this.length = length;
        this.sink = sink;
        numbers = ByteBuffer.wrap(bytes, 0, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// @throws IOException if it is damaged; what can be read of it was pushed
    public static void open(InputStream in, MemberSink sink)
            throws IOException, InterruptedException {
        int most = (int) Math.min(Integer.MAX_VALUE - 16, 4 * sink.memory());
        byte[] bytes = in.readNBytes(most);
        if (bytes.length == most) {
            sink.skipped("is a registry hive too large to be opened value by value");
            sink.searchContainerToo();
            return;
        }
        new RegistryHive(bytes, bytes.length, sink).push();
    }

    private void push() throws IOException, InterruptedException {
        Deque<Key> todo = new ArrayDeque<>();
        if (length < BASE + 32) {
            throw new IOException("ends in its header");
        }
        todo.push(new Key(numbers.getInt(ROOT), "", 0));
        while (!todo.isEmpty()) {
            Key key = todo.pop();
            int at = cell(key.offset(), 80, 'n', 'k');
            if (at < 0) {
                damaged("a key");
                continue;
            }
            String path = key.depth() == 0 ? "" : key.path() + name(at, 72, 76, 2, 0x20);
            values(at, path);
            if (key.depth() < DEEPEST && numbers.getInt(at + 20) > 0) {
                subkeys(
                        numbers.getInt(at + 28),
                        path.isEmpty() ? "" : path + "\\",
                        key.depth() + 1,
                        todo,
                        0);
            }
        }
        searchRest();
        if (damage.isPresent()) {
            throw new IOException(damage.get());
        }
    }

    private void damaged(String what) {
        damage = damage.or(() -> Optional.of("is damaged: " + what + " is not where it should be"));
    }

    /// Where the content of the cell at `offset` begins; -1 if there is no such cell of at least `least` bytes, or if
    /// something else led to it already.
    private int cell(int offset, int least) {
        long at = (long) offset + BASE;
        if (offset < 0 || at + 4 + least > length || offset % 8 != 0 || reached.get(offset / 8)) {
            return -1;
        }
        int size = Math.abs(numbers.getInt((int) at));
        if (size < 4 + least || size > length - at) {
            return -1;
        }
        reached.set(offset / 8, (int) ((offset + (long) size + 7) / 8));
        return (int) at + 4;
    }

    private int cell(int offset, int least, char first, char second) {
        int at = cell(offset, least);
        return at >= 0 && bytes[at] == first && bytes[at + 1] == second ? at : -1;
    }

    /// How many bytes of content the cell has whose content begins at `at`.
    private int room(int at) {
        return Math.abs(numbers.getInt(at - 4)) - 4;
    }

    /// @param lengthAt where in the cell the length of the name stands
    /// @param ascii which of the flags says that it is not UTF-16
    private String name(int at, int lengthAt, int nameAt, int flagsAt, int ascii) {
        int size = Math.min(numbers.getShort(at + lengthAt) & 0xffff, room(at) - nameAt);
        boolean isNarrow = (numbers.getShort(at + flagsAt) & ascii) != 0;
        return new String(
                bytes,
                at + nameAt,
                Math.max(0, size),
                isNarrow ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_16LE);
    }

    private void subkeys(int list, String path, int depth, Deque<Key> todo, int nesting) {
        int at = cell(list, 4);
        if (at < 0) {
            damaged("a list of keys");
            return;
        }
        boolean isHashed = bytes[at] == 'l' && (bytes[at + 1] == 'f' || bytes[at + 1] == 'h');
        boolean isOfLists = bytes[at] == 'r' && bytes[at + 1] == 'i';
        int step = isHashed ? 8 : 4;
        int count = Math.min(numbers.getShort(at + 2) & 0xffff, (room(at) - 4) / step);
        for (int i = 0; i < count; i++) {
            int offset = numbers.getInt(at + 4 + step * i);
            if (!isOfLists) {
                todo.push(new Key(offset, path, depth));
            } else if (nesting < 2) {
                subkeys(offset, path, depth, todo, nesting + 1);
            }
        }
    }

    private void values(int key, String path) throws IOException, InterruptedException {
        int count = numbers.getInt(key + 36);
        int list = numbers.getInt(key + 40);
        if (count <= 0 || list == NO_LIST) {
            return;
        }
        int at = cell(list, 4);
        if (at < 0) {
            damaged("a list of values");
            return;
        }
        for (int i = 0; i < Math.min(count, room(at) / 4); i++) {
            int value = cell(numbers.getInt(at + 4 * i), 20, 'v', 'k');
            if (value < 0) {
                damaged("a value");
                continue;
            }
            String name = name(value, 2, 20, 16, 1);
            push(path + "#" + (name.isEmpty() ? "(default)" : name), value);
        }
    }

    private void push(String name, int value) throws IOException, InterruptedException {
        int size = numbers.getInt(value + 4);
        if (size < MemberSink.SHORTEST_TOKEN) {
            return; // those of up to 4 bytes, which lie in the value itself, are negative
        }
        int at = cell(numbers.getInt(value + 8), 4);
        if (at < 0) {
            damaged("the content of a value");
        } else if (size > SEGMENT && bytes[at] == 'd' && bytes[at + 1] == 'b') {
            byte[] all = segments(at, size);
            push(name, all, 0, all.length);
        } else {
            push(name, bytes, at, at + Math.min(size, room(at)));
        }
    }

    private void push(String name, byte[] content, int from, int to)
            throws IOException, InterruptedException {
        if (sink.mayHoldToken(content, from, to)) {
            sink.accept(name, new MemoryStream(content, from, to, true));
        }
    }

    /// A value that is too large for one cell.
    private byte[] segments(int db, int size) {
        int count = numbers.getShort(db + 2) & 0xffff;
        int list = room(db) < 8 ? -1 : cell(numbers.getInt(db + 4), 4);
        byte[] all = new byte[Math.min(size, Math.min(length, count * SEGMENT))];
        int filled = 0;
        for (int i = 0; list >= 0 && i < count && 4 * i + 4 <= room(list); i++) {
            int segment = cell(numbers.getInt(list + 4 * i), 4);
            if (segment < 0) {
                damaged("a part of a value");
                break;
            }
            int part = Math.min(Math.min(SEGMENT, room(segment)), all.length - filled);
            System.arraycopy(bytes, segment, all, filled, part);
            filled += part;
        }
        return filled == all.length ? all : Arrays.copyOf(all, filled);
    }

    /// What nothing leads to: deleted keys and values, and what is damaged.
    private void searchRest() throws IOException, InterruptedException {
        int cells = (length - BASE) / 8;
        for (int from = reached.nextClearBit(0); from < cells; ) {
            int to = reached.nextSetBit(from);
            int end = to < 0 ? length : BASE + 8 * to;
            sink.acceptRest("not in use", BASE + 8L * from, bytes, BASE + 8 * from, end);
            from = to < 0 ? cells : reached.nextClearBit(to);
        }
    }
}
