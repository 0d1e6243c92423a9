package io.jwtrawl.documents;

import io.jwtrawl.documents.protocol.ItemKind;
import io.jwtrawl.documents.protocol.Outcome;
import io.jwtrawl.source.ExpansionLimits;
import io.jwtrawl.source.MemberSink;
import io.jwtrawl.source.MemoryStream;
import io.jwtrawl.source.Spool;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What came out of one document: kept until it is read to its end, so that its reader is free for another, which may lie
/// inside it. Small items are kept in memory, others in temporary files that only this user can read.
final class Harvest implements Closeable {

    /// So much of an item, and of all of them, is kept in memory.
    private static final int ITEM_IN_MEMORY = 256 * 1024;

    private static final int IN_MEMORY = 8 * 1024 * 1024;

    private final List<Item> items = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();

    /// When messages were sent, by the names that lead to them.
    private final Map<List<String>, Long> messages = new HashMap<>();

    private final ExpansionLimits limits;
    private long inMemory;

    /// How many bytes the document has, and how many came out of it.
    private long sown;

    private long size;
    private String reached = "";

    Harvest(ExpansionLimits limits) {
        this.limits = limits;
    }

    private record LeftOut(List<String> names, Outcome why) {}

    /// Counts bytes of the document.
    void sown(long bytes) {
        sown += bytes;
    }

    /// Which limit does not let more come out of the document; empty if none was reached.
    String reached() {
        return reached;
    }

    /// Begins the next item.
    void begin(ItemKind kind, List<String> names) {
        if (items.size() >= limits.entries()) {
            reached = "it has more than " + limits.entries() + " members (--max-entries)";
        }
        items.add(new Item(kind, names));
    }

    void data(int item, byte[] bytes, int length) throws IOException {
        size += length;
        if (size > limits.bytes()) {
            reached = "it expands to more than " + limits.bytes() + " bytes (--max-expanded)";
        } else if (size > ExpansionLimits.FREE && size / limits.ratio() > sown) {
            reached = "it expands to more than " + limits.ratio() + " times its size (--max-ratio)";
        }
        items.get(item).add(bytes, length);
    }

    /// Says when the message at `names` was sent.
    ///
    /// @param millis since 1970
    void sent(List<String> names, long millis) {
        messages.put(names, millis);
    }

    void leftOut(List<String> names, Outcome why) {
        leftOut.add(new LeftOut(names, why));
    }

    /// Hands everything to the search.
    void pushTo(MemberSink sink) throws IOException, InterruptedException {
        for (LeftOut left : leftOut) {
            sink.inside(outer(left.names())).skipped(left.names().getLast(), left.why().text());
        }
        for (Item item : items) {
            MemberSink inner = sink.inside(outer(item.names));
            String name = item.names.getLast();
            long sent = sent(item.names);
            try (InputStream in = item.open()) {
                switch (item.kind) {
                    case TEXT -> inner.acceptExtract(name, false, sent, in);
                    case LEGIBLE_TEXT -> inner.acceptExtract(name, true, sent, in);
                    case FILE -> inner.accept(name, sent, in);
                }
            }
        }
    }

    /// When the innermost message that an item lies in was sent.
    private long sent(List<String> names) {
        if (!messages.isEmpty()) {
            for (int length = names.size(); length >= 0; length--) {
                Long sent = messages.get(names.subList(0, length));
                if (sent != null) {
                    return sent;
                }
            }
        }
        return MemberSink.UNDATED;
    }

    /// All names but the last.
    private static List<String> outer(List<String> names) {
        return names.subList(0, names.size() - 1);
    }

    @Override
    public void close() throws IOException {
        for (Item item : items) {
            item.close();
        }
    }

    private final class Item implements Closeable {
        private final ItemKind kind;
        private final List<String> names;
        private @Nullable ByteArrayOutputStream memory = new ByteArrayOutputStream();
        private @Nullable FileChannel file;

        Item(ItemKind kind, List<String> names) {
            this.kind = kind;
            this.names = names;
        }

        void add(byte[] bytes, int length) throws IOException {
            ByteArrayOutputStream kept = memory;
            if (kept != null
                    && kept.size() + length <= ITEM_IN_MEMORY
                    && inMemory + length <= IN_MEMORY) {
                kept.write(bytes, 0, length);
                inMemory += length;
                return;
            }
            if (file == null) {
                file = Spool.newFile();
            }
            if (kept != null) {
                write(file, kept.toByteArray(), kept.size());
                inMemory -= kept.size();
                memory = null;
            }
            write(file, bytes, length);
        }

        private static void write(FileChannel file, byte[] bytes, int length) throws IOException {
            for (ByteBuffer rest = ByteBuffer.wrap(bytes, 0, length); rest.hasRemaining(); ) {
                file.write(rest);
            }
        }

        InputStream open() throws IOException {
            if (file != null) {
                return Channels.newInputStream(file.position(0));
            }
            byte[] bytes = memory == null ? new byte[0] : memory.toByteArray();
            return new MemoryStream(bytes, 0, bytes.length, false);
        }

        @Override
        public void close() throws IOException {
            if (file != null) {
                file.close();
            }
        }
    }
}
