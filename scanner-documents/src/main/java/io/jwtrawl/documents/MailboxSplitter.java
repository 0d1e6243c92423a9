package io.jwtrawl.documents;

import io.jwtrawl.source.BlockStream;
import io.jwtrawl.source.MailHeader;
import io.jwtrawl.source.MemberSink;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Takes a mailbox in the format mbox (RFC 4155) apart as it is read, however large it is: a message begins with a line
/// that begins with `From ` and has an empty line before it.
final class MailboxSplitter {

    private static final byte[] BORDER = {'F', 'r', 'o', 'm', ' '};

    private static final int LONGEST_LINE = 1000;

    private final InputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private int position;
    private int end;
    private boolean isOver;

    MailboxSplitter(InputStream in) {
        this.in = in;
    }

    /// Pushes each message, called `message 1` and so on, without the line that tells of its delivery.
    void split(MemberSink sink) throws IOException, InterruptedException {
        for (int number = 1; hasMore(); number++) {
            long delivered = MailHeader.delivered(line());
            var message = new Message();
            sink.accept("message " + number, delivered, message);
            message.skipAll();
        }
    }

    /// The rest of the line, as far as it is not too long.
    private String line() throws IOException {
        var line = new StringBuilder();
        while (hasMore() && buffer[position] != '\n') {
            if (line.length() < LONGEST_LINE) {
                line.append((char) buffer[position]);
            }
            position++;
        }
        position = Math.min(position + 1, end);
        return line.toString();
    }

    private boolean hasMore() throws IOException {
        fill();
        return position < end;
    }

    /// Makes sure that a border which begins in the buffer is all in it.
    private void fill() throws IOException {
        if (isOver || end - position > BORDER.length) {
            return;
        }
        System.arraycopy(buffer, position, buffer, 0, end - position);
        end -= position;
        position = 0;
        int wanted = buffer.length - end;
        int read = in.readNBytes(buffer, end, wanted);
        end += read;
        isOver = read < wanted;
    }

    private final class Message extends BlockStream {

        /// How many line ends came right before the bytes in the buffer.
        private int newlines = 1;

        private boolean isDone;

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (isDone || length == 0) {
                return isDone ? -1 : 0;
            }
            fill();
            int available =
                    Math.min(length, isOver ? end - position : end - position - BORDER.length);
            int count = 0;
            while (count < available && !isBorder(position + count)) {
                byte next = buffer[position + count];
                newlines = next == '\n' ? newlines + 1 : next == '\r' ? newlines : 0;
                bytes[offset + count] = next;
                count++;
            }
            position += count;
            if (count < available || (isOver && position == end)) {
                isDone = true;
            }
            return count == 0 ? -1 : count;
        }

        /// Whether the next message begins there.
        private boolean isBorder(int at) {
            return newlines >= 2
                    && at + BORDER.length <= end
                    && Arrays.equals(buffer, at, at + BORDER.length, BORDER, 0, BORDER.length);
        }

        void skipAll() throws IOException {
            byte[] passed = new byte[8192];
            while (read(passed, 0, passed.length) > 0) {
                // The sink did not read it to its end.
            }
        }
    }
}
