package io.jwtrawl.files.sqlite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of a b-tree (section 1.6): where in it its cells are, and what lies between them.
final class BTreePage {

    private static final int TABLE_LEAF = 13;
    private static final int TABLE_INTERIOR = 5;
    private static final int INDEX_LEAF = 10;
    private static final int INDEX_INTERIOR = 2;

    private final byte[] bytes;
    private final int usable;
    private final int header;
    private final int type;

    private BTreePage(byte[] bytes, int usable, int header) {
        this.bytes = bytes;
        this.usable = usable;
        this.header = header;
        type = bytes[header];
    }

    /// What `bytes` show; null if that is no page of a b-tree.
    ///
    /// @param number of the page: the first one begins with the header of the file
    static @Nullable BTreePage of(byte[] bytes, int usable, int number) {
        int header = number == 1 ? FilePages.HEADER : 0;
        return switch (bytes[header]) {
            case TABLE_LEAF, TABLE_INTERIOR, INDEX_LEAF, INDEX_INTERIOR -> {
                var page = new BTreePage(bytes, usable, header);
                yield page.pointers() + 2 * page.cells() <= usable ? page : null;
            }
            default -> null;
        };
    }

    byte[] bytes() {
        return bytes;
    }

    boolean isLeaf() {
        return type == TABLE_LEAF || type == INDEX_LEAF;
    }

    /// Whether its cells have row numbers.
    boolean isTable() {
        return type == TABLE_LEAF || type == TABLE_INTERIOR;
    }

    int cells() {
        return Bytes.u16(bytes, header + 3);
    }

    private int pointers() {
        return header + (isLeaf() ? 8 : 12);
    }

    /// The last child of an interior page.
    long lastChild() {
        return Bytes.u32(bytes, header + 8);
    }

    /// A cell. What of its payload does not fit into the page goes on in the page `overflow`.
    ///
    /// @param at where it begins, and `end` where it ends
    /// @param child of an interior page
    /// @param rowid where the tree has row numbers
    /// @param total length of the payload
    /// @param payload where that begins, `local` bytes of it
    record Cell(
            int at,
            int end,
            long child,
            long rowid,
            long total,
            int payload,
            int local,
            long overflow) {}

    /// The cell numbered `index`; null if it lies outside of the page.
    @Nullable Cell cell(int index) {
        int at = Bytes.u16(bytes, pointers() + 2 * index);
        return at < pointers() + 2 * cells() ? null : cellAt(at);
    }

    private @Nullable Cell cellAt(int begin) {
        int at = begin;
        long child = 0;
        if (!isLeaf()) {
            if (at + 4 > usable) {
                return null;
            }
            child = Bytes.u32(bytes, at);
            at += 4;
        }
        long total = 0;
        if (type != TABLE_INTERIOR) {
            total = Bytes.variable(bytes, at, usable);
            at += Bytes.variableLength(bytes, at, usable);
        }
        long rowid = 0;
        if (isTable()) {
            rowid = Bytes.variable(bytes, at, usable);
            at += Bytes.variableLength(bytes, at, usable);
        }
        int local = local(total);
        boolean isCut = total > local;
        int end = at + local + (isCut ? 4 : 0);
        if (total < 0 || end > usable) {
            return null;
        }
        long overflow = isCut ? Bytes.u32(bytes, at + local) : 0;
        return new Cell(begin, Math.max(end, begin + 4), child, rowid, total, at, local, overflow);
    }

    /// How much of a payload lies in the page itself.
    private int local(long total) {
        int most = type == TABLE_LEAF ? usable - 35 : (usable - 12) * 64 / 255 - 23;
        if (total <= most) {
            return (int) total;
        }
        int least = (usable - 12) * 32 / 255 - 23;
        long rest = least + (total - least) % (usable - 4);
        return rest <= most ? (int) rest : least;
    }

    /// A range of the page that belongs to no cell.
    ///
    /// @param isBlock whether it is exactly what was freed at one time, so that a deleted cell may end where it does
    record Gap(int from, int to, boolean isBlock) {

        int length() {
            return to - from;
        }
    }

    /// What belongs to no cell, and is not too short to hold anything.
    List<Gap> gaps(int shortest) {
        int count = cells();
        long[] taken = new long[count];
        int known = 0;
        for (int i = 0; i < count; i++) {
            Cell cell = cell(i);
            if (cell != null) {
                taken[known++] = ((long) cell.at() << 32) | cell.end();
            }
        }
        Arrays.sort(taken, 0, known);
        List<Gap> gaps = new ArrayList<>();
        int free = pointers() + 2 * count;
        for (int i = 0; i <= known; i++) {
            int begin = i < known ? (int) (taken[i] >> 32) : bytes.length;
            if (begin - free >= shortest) {
                divide(free, begin, shortest, gaps);
            }
            free = Math.max(free, i < known ? (int) taken[i] : bytes.length);
        }
        return gaps;
    }

    /// Divides what is free where blocks begin that were freed.
    private void divide(int from, int to, int shortest, List<Gap> gaps) {
        int at = from;
        int block = Bytes.u16(bytes, header + 1);
        // The blocks are chained in rising order.
        for (int last = 0; block > last && block + 4 <= usable; ) {
            int end = block + Math.max(4, Bytes.u16(bytes, block + 2));
            if (block >= at && end <= to) {
                add(at, block, false, shortest, gaps);
                add(block, end, true, shortest, gaps);
                at = end;
            }
            last = block;
            block = Bytes.u16(bytes, block);
        }
        add(at, to, false, shortest, gaps);
    }

    private static void add(int from, int to, boolean isBlock, int shortest, List<Gap> gaps) {
        if (to - from >= shortest) {
            gaps.add(new Gap(from, to, isBlock));
        }
    }
}
