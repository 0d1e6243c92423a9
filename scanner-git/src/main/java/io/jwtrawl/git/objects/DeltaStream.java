package io.jwtrawl.git.objects;

import io.jwtrawl.source.BlockStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/// What a delta makes from its base, piece by piece: neither the delta nor the result is held.
final class DeltaStream extends BlockStream {

    private static final int DEFAULT_COPY = 0x10000;

    private final InputStream delta;
    private final LargeBase base;
    private final long resultSize;

    /// What is still to be made in all, and by the current operation.
    private long left;

    private int run;

    /// Where the current operation copies from, or -1 if it inserts.
    private long copyFrom;

    /// @param delta closed together with this
    DeltaStream(InputStream delta, LargeBase base) throws IOException {
        this.delta = new BufferedInputStream(delta);
        this.base = base;
        if (number() != base.size()) {
            throw new BadObjectException("a delta for a base of another size");
        }
        resultSize = number();
        left = resultSize;
    }

    long resultSize() {
        return resultSize;
    }

    private long number() throws IOException {
        long number = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            int b = next();
            number |= (b & 0x7fL) << shift;
            if (b < 0x80) {
                return number;
            }
        }
        throw new BadObjectException("a delta whose size is no number");
    }

    private int next() throws IOException {
        int b = delta.read();
        if (b < 0) {
            throw new BadObjectException("a delta that is cut off");
        }
        return b;
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (run == 0 && !begin()) {
            return -1;
        }
        int count = Math.min(length, run);
        if (copyFrom >= 0) {
            base.read(copyFrom, to, from, count);
            copyFrom += count;
        } else {
            count = delta.read(to, from, count);
            if (count <= 0) {
                throw new BadObjectException("a delta that is cut off");
            }
        }
        run -= count;
        left -= count;
        return count;
    }

    /// Takes up the next operation.
    ///
    /// @return whether there is one
    private boolean begin() throws IOException {
        int operation = delta.read();
        if (operation < 0) {
            if (left > 0) {
                throw new BadObjectException("a delta that makes less than it says");
            }
            return false;
        }
        if (operation == 0) {
            throw new BadObjectException("a delta with an operation that is not known");
        }
        if (operation < 0x80) {
            copyFrom = -1;
            run = operation;
        } else {
            copyFrom = 0;
            for (int i = 0; i < 4; i++) {
                if ((operation & (1 << i)) != 0) {
                    copyFrom |= (long) next() << (Byte.SIZE * i);
                }
            }
            run = 0;
            for (int i = 0; i < 3; i++) {
                if ((operation & (16 << i)) != 0) {
                    run |= next() << (Byte.SIZE * i);
                }
            }
            run = run == 0 ? DEFAULT_COPY : run;
            if (copyFrom + run > base.size()) {
                throw new BadObjectException("a delta that reaches outside");
            }
        }
        if (run > left) {
            throw new BadObjectException("a delta that reaches outside");
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        delta.close();
    }
}
