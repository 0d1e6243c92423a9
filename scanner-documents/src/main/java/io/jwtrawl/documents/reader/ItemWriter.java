package io.jwtrawl.documents.reader;

import io.jwtrawl.documents.protocol.Frame;
import io.jwtrawl.documents.protocol.ItemKind;
import io.jwtrawl.documents.protocol.Outcome;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// Writes the answer to one request after the other.
final class ItemWriter {

    /// How long a process that is about to end waits for what is being written.
    private static final long PATIENCE_MILLIS = 500;

    private final DataOutputStream out;

    /// The watchdog flushes what was written before it ends the process.
    private final ReentrantLock lock = new ReentrantLock();

    private int items;

    ItemWriter(OutputStream out) {
        this.out = new DataOutputStream(new BufferedOutputStream(out, Frame.MAX_LENGTH));
    }

    /// Begins an item; what is written to the stream are its bytes. It need not be closed.
    OutputStream begin(ItemKind kind, List<String> names) throws IOException {
        lock.lock();
        try {
            out.writeByte(Frame.BEGIN);
            out.writeInt(items);
            out.writeUTF(kind.name());
            write(names);
        } finally {
            lock.unlock();
        }
        return new Item(items++);
    }

    void file(List<String> names, InputStream in) throws IOException {
        byte[] bytes = new byte[Frame.MAX_LENGTH];
        OutputStream item = begin(ItemKind.FILE, names);
        for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
            item.write(bytes, 0, read);
        }
    }

    /// @param millis since 1970
    void sent(List<String> names, long millis) throws IOException {
        lock.lock();
        try {
            out.writeByte(Frame.SENT);
            write(names);
            out.writeLong(millis);
        } finally {
            lock.unlock();
        }
    }

    void leftOut(List<String> names, Outcome why) throws IOException {
        lock.lock();
        try {
            out.writeByte(Frame.LEFT_OUT);
            write(names);
            out.writeUTF(why.name());
        } finally {
            lock.unlock();
        }
    }

    void end(Outcome outcome) throws IOException {
        lock.lock();
        try {
            out.writeByte(Frame.END);
            out.writeUTF(outcome.name());
            out.flush();
            items = 0;
        } finally {
            lock.unlock();
        }
    }

    /// Lets nothing that was written be lost when the process ends, and writes no more.
    void giveUp() {
        try {
            if (lock.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                out.flush();
            }
        } catch (IOException | InterruptedException e) {
            // Then the scan gets what it has.
        }
    }

    private void write(List<String> names) throws IOException {
        out.writeByte(names.size());
        for (String name : names) {
            out.writeUTF(name.length() > Frame.MAX_NAME ? name.substring(0, Frame.MAX_NAME) : name);
        }
    }

    private final class Item extends OutputStream {
        private final int number;

        Item(int number) {
            this.number = number;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            lock.lock();
            try {
                for (int done = 0; done < length; done += Frame.MAX_LENGTH) {
                    int part = Math.min(Frame.MAX_LENGTH, length - done);
                    out.writeByte(Frame.DATA);
                    out.writeInt(number);
                    out.writeInt(part);
                    out.write(bytes, offset + done, part);
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
