package io.jwtrawl.git.objects;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// How much of the indexes of packs a repository may have in the heap, where looking things up takes least time.
final class IndexMemory {

    private static final long LARGEST = 8 << 20;

    private long left;

    IndexMemory() {
        this(Math.min(32 << 20, Runtime.getRuntime().maxMemory() / 16));
    }

    /// @param bytes how much that is
    IndexMemory(long bytes) {
        left = bytes;
    }

    /// Whether so many bytes more may be read.
    boolean take(long size) {
        if (size > LARGEST || size > left) {
            return false;
        }
        left -= size;
        return true;
    }

    static ByteBuffer read(FileChannel channel, int size) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(size);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new BadObjectException("an index that is cut off");
            }
        }
        return bytes.flip();
    }
}
