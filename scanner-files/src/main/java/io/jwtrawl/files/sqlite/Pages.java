package io.jwtrawl.files.sqlite;

import java.io.IOException;
import java.util.BitSet;

/// The pages of a database, numbered from 1 on.
abstract class Pages {

    /// So many pages are looked at: a terabyte of the usual ones.
    static final int MOST = 1 << 28;

    private final int size;
    private final int usable;
    private final BitSet reached = new BitSet();

    /// @param size of a page, in bytes
    /// @param reserved how many bytes at the end of each page SQLite leaves to others
    Pages(int size, int reserved) {
        this.size = size;
        usable = size - reserved;
    }

    int size() {
        return size;
    }

    int usable() {
        return usable;
    }

    /// How many there are, as the file's size tells: what the header says may be a lie.
    abstract int count();

    /// Reads all of a page, or as much as there is and zeros behind that.
    abstract void read(int number, byte[] into) throws IOException;

    /// Where in the file the page begins.
    abstract long offset(int number);

    /// Whether the page lies in the file that is searched, and not in one that only helps to understand it.
    abstract boolean isSearched(int number);

    boolean has(long number) {
        return number > 0 && number <= count();
    }

    /// Notes that it is known what the page is for.
    ///
    /// @return whether that is new
    boolean reach(int number) {
        boolean isNew = !reached.get(number);
        reached.set(number);
        return isNew;
    }

    boolean isReached(int number) {
        return reached.get(number);
    }

    /// The first page from `number` on that nothing leads to; 0 if there is none.
    int unreachedFrom(int number) {
        int next = reached.nextClearBit(number);
        return next <= count() ? next : 0;
    }
}
