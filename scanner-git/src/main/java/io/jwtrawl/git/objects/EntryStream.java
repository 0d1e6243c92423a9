package io.jwtrawl.git.objects;

import io.jwtrawl.source.BlockStream;
import java.io.IOException;

/// What an entry of a pack expands to, piece by piece.
final class EntryStream extends BlockStream {

    private final PackReader reader;
    private long left;

    EntryStream(Pack pack, long offset) throws IOException {
        reader = new PackReader(pack);
        try {
            reader.header(offset);
            reader.begin();
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
        left = reader.size();
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int read = reader.next(to, from, length);
        left -= Math.max(read, 0);
        if (left < 0 || (read < 0 && left > 0)) {
            throw new BadObjectException("content of another size than its header says");
        }
        return read;
    }

    @Override
    public void close() {
        reader.close();
    }
}
