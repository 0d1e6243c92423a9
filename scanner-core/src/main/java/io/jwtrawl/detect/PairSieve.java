package io.jwtrawl.detect;

import io.jwtrawl.rules.Needle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Looks at every third pair of bytes, and asks one table whether any needle has that pair there, and another whether it
/// goes on with the byte behind.
final class PairSieve implements Sieve {

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// Three pairs fit into eight bytes; the next eight begin nine bytes further on.
    private static final int STRIDE = 3 * Needle.STEP;

    private final NeedlePairs needles;

    PairSieve(NeedlePairs needles) {
        this.needles = needles;
    }

    @Override
    public NeedlePairs needles() {
        return needles;
    }

    @Override
    public int sift(byte[] bytes, int from, int end, int to, int[] positions) {
        byte[] known = needles.known();
        byte[] follow = needles.follow();
        int room = positions.length - Needle.STEP;
        int found = 0;
        int position = from;
        for (; position + STRIDE <= end; position += STRIDE) {
            long eight = (long) LONG.get(bytes, position);
            int first = known[(int) eight & 0xffff] & 0xff;
            int second = known[(int) (eight >>> 24) & 0xffff] & 0xff;
            int third = known[(int) (eight >>> 48)] & 0xff;
            if ((first | second | third) != 0) {
                if (found > room) {
                    return positions.length + 1;
                }
                if (follow[(first << Byte.SIZE) | ((int) (eight >>> 16) & 0xff)] != 0) {
                    positions[found++] = position;
                }
                if (follow[(second << Byte.SIZE) | ((int) (eight >>> 40) & 0xff)] != 0) {
                    positions[found++] = position + Needle.STEP;
                }
                if (follow[(third << Byte.SIZE) | (bytes[position + Long.BYTES] & 0xff)] != 0) {
                    positions[found++] = position + 2 * Needle.STEP;
                }
            }
        }
        for (; position < end; position += Needle.STEP) {
            if (found == positions.length) {
                return positions.length + 1;
            }
            positions[found++] = position;
        }
        return found;
    }
}
