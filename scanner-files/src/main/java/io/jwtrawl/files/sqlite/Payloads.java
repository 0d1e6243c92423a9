package io.jwtrawl.files.sqlite;

import io.jwtrawl.source.BlockStream;
import java.io.IOException;
import java.util.Arrays;

/// Puts together what a cell does not hold itself (section 1.6.3): the rest of a payload lies in a chain of pages.
final class Payloads {

    private final Pages pages;

    Payloads(Pages pages) {
        this.pages = pages;
    }

    /// The payload of a cell, read from its first byte on. Each page of the chain is reached by that.
    ///
    /// @param isLive whether a chain that ends too early, or leads to a page that something else leads to, is damage: what
    ///     was deleted may be overwritten
    BlockStream open(BTreePage page, BTreePage.Cell cell, boolean isLive) {
        return new Chain(
                Arrays.copyOfRange(page.bytes(), cell.payload(), cell.payload() + cell.local()),
                cell.total(),
                cell.overflow(),
                isLive);
    }

    /// What was freed, and behind it the chain that its last four bytes may name.
    BlockStream openFreed(byte[] bytes, BTreePage.Gap gap) {
        int end = gap.to() - 4;
        return new Chain(
                Arrays.copyOfRange(bytes, gap.from(), end),
                Long.MAX_VALUE,
                Bytes.u32(bytes, end),
                false);
    }

    private final class Chain extends BlockStream {
        private byte[] page;
        private int at;
        private int end;
        private long left;
        private long next;
        private final boolean isLive;

        Chain(byte[] local, long total, long overflow, boolean isLive) {
            page = local;
            end = local.length;
            left = total;
            next = overflow;
            this.isLive = isLive;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (left == 0 || (at == end && !turn())) {
                return -1;
            }
            int count = (int) Math.min(Math.min(length, end - at), left);
            System.arraycopy(page, at, bytes, offset, count);
            at += count;
            left -= count;
            return count;
        }

        private boolean turn() throws IOException {
            if (!pages.has(next) || !pages.reach((int) next)) {
                if (isLive) {
                    throw new IOException("goes on in page " + next + ", which is not its own");
                }
                return false;
            }
            if (page.length != pages.size()) {
                page = new byte[pages.size()];
            }
            pages.read((int) next, page);
            next = Bytes.u32(page, 0);
            at = 4;
            end = pages.usable();
            return true;
        }
    }
}
