package io.jwtrawl.engine;

import io.jwtrawl.source.BlockStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// A member as it is read: counted, and where it cannot be read on it just ends, so that what came before is searched.
/// Why it ended is asked afterwards.
final class MemberStream extends BlockStream {

    private final InputStream in;
    private final Expansion expansion;
    private @Nullable Exception failure;

    MemberStream(InputStream in, Expansion expansion) {
        this.in = in;
        this.expansion = expansion;
    }

    /// Why it ended before its end, if it did. Decoders tell of damage by exceptions of any kind.
    @Nullable Exception failure() {
        return failure;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        if (failure != null) {
            return -1;
        }
        try {
            int read = in.read(bytes, offset, length);
            if (read > 0) {
                expansion.expanded(read);
            }
            return read;
        } catch (IOException e) {
            failure = e;
            return -1;
        } catch (RuntimeException e) {
            failure = new IOException("is damaged", e);
            return -1;
        } catch (OutOfMemoryError e) {
            failure = new IOException("needs more memory to be expanded than there is", e);
            return -1;
        }
    }
}
