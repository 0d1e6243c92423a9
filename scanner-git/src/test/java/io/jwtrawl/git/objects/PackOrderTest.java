package io.jwtrawl.git.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwtrawl.testkit.Tries;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackOrderTest {

    @Test
    void entriesAreInTheOrderOfTheirOffsetsAndKnowTheirPositions() {
        Tries.run(200, PackOrderTest::check);
    }

    private static void check(Random random) {
        long end = 1L << (1 + random.nextInt(44));
        long[] offsets = random.longs(random.nextInt(300), 0, end + 1).toArray();
        PackOrder order = order(offsets, end);
        long[] sorted = offsets.clone();
        Arrays.sort(sorted);
        assertThat(order.count()).isEqualTo(offsets.length);
        for (int entry = 0; entry < offsets.length; entry++) {
            assertThat(order.offset(entry)).isEqualTo(sorted[entry]);
            assertThat(offsets[order.position(entry)]).isEqualTo(sorted[entry]);
            assertThat(order.offset(order.find(sorted[entry]))).isEqualTo(sorted[entry]);
        }
        long absent = random.nextLong(end + 1);
        if (Arrays.binarySearch(sorted, absent) < 0) {
            assertThat(order.find(absent)).isNegative();
        }
    }

    private static PackOrder order(long[] offsets, long end) {
        try {
            return PackOrder.of(new Offsets(offsets), end);
        } catch (BadObjectException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anOffsetOutsideOfThePackCountsAsItsBeginningOrItsEnd() throws BadObjectException {
        PackOrder order = PackOrder.of(new Offsets(12, Long.MIN_VALUE, 5, Long.MAX_VALUE), 100);
        assertThat(order.offset(0)).isZero();
        assertThat(order.position(0)).isEqualTo(1);
        assertThat(order.offset(3)).isEqualTo(100);
        assertThat(order.position(3)).isEqualTo(3);
    }

    @Test
    void aPackTooLargeToBeNumberedIsRefused() {
        assertThatThrownBy(() -> PackOrder.of(new Offsets(1, 2, 3), 1L << 61))
                .isInstanceOf(BadObjectException.class);
    }

    private static final class Offsets implements PackNames {
        private final long[] all;

        Offsets(long... all) {
            this.all = all;
        }

        @Override
        public int count() {
            return all.length;
        }

        @Override
        public boolean isWhole() {
            return true;
        }

        @Override
        public ObjectId id(int position) {
            throw new AssertionError("nobody asks for ids");
        }

        @Override
        public int find(byte[] id) {
            throw new AssertionError("nobody asks for ids");
        }

        @Override
        public long offset(int position) {
            return all[position];
        }

        @Override
        public void offsets(long[] to) {
            System.arraycopy(all, 0, to, 0, all.length);
        }
    }
}
