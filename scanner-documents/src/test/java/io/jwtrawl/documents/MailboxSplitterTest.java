package io.jwtrawl.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.source.MemberSink;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.testkit.Tries;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailboxSplitterTest {

    private static final List<String> PIECES =
            List.of(
                    "\n",
                    "\n\n",
                    "\r\n\r\n",
                    "From ",
                    "From: a",
                    "rom",
                    "F",
                    "x",
                    ">From ",
                    "line\n",
                    "From a\n");

    @TempDir Path folder = Path.of("");

    /// Against the same on lines, wherever buffers and reads end.
    @Test
    void splitsWhereLinesTellItTo() {
        Tries.run(
                300,
                random -> {
                    var text = new StringBuilder("From a\n");
                    int pieces = random.nextInt(40);
                    for (int i = 0; i < pieces; i++) {
                        text.append(PIECES.get(random.nextInt(PIECES.size())));
                        if (random.nextInt(10) == 0) {
                            text.append("y".repeat(64 * 1024 - random.nextInt(40)));
                        }
                    }
                    assertThat(split(text.toString(), random)).isEqualTo(byLines(text.toString()));
                });
    }

    private static List<String> split(String text, Random random) {
        List<String> messages = new ArrayList<>();
        try {
            new MailboxSplitter(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)))
                    .split(new Collecting(messages, random));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return messages;
    }

    private static List<String> byLines(String text) {
        List<String> messages = new ArrayList<>();
        StringBuilder message = new StringBuilder();
        boolean isFirst = true;
        boolean wasEmpty = true;
        for (String line : text.split("(?<=\n)", -1)) {
            if (line.startsWith("From ") && wasEmpty) {
                if (!isFirst) {
                    messages.add(message.toString());
                }
                message = new StringBuilder();
                isFirst = false;
                // The line that tells of the delivery is no empty one, but a message may begin with
                // one.
                wasEmpty = false;
            } else {
                message.append(line);
                wasEmpty = line.equals("\n") || line.equals("\r\n");
            }
        }
        messages.add(message.toString());
        return messages;
    }

    @Test
    void findsTokensInALargeMailbox() throws IOException {
        var text = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            text.append("From a@b.example Thu Jan  1 00:00:00 2026\nSubject: x\n\n");
            text.append("line\n".repeat(500));
            if (i == 150) {
                text.append("t=").append(Samples.token(1)).append('\n');
            }
            text.append('\n');
        }
        Files.writeString(folder.resolve("x.mbox"), text);
        ScanReport report = Scans.scan(folder);
        assertThat(Scans.places(report)).containsExactly("x.mbox!message 151 1");
        assertThat(report.incidents()).isEmpty();
    }

    /// Reads messages in pieces of any length.
    private record Collecting(List<String> messages, Random random) implements MemberSink {

        @Override
        public void accept(String name, long modified, InputStream in) throws IOException {
            var text = new StringBuilder();
            byte[] bytes = new byte[1 + random.nextInt(random.nextBoolean() ? 9 : 100_000)];
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                text.append(new String(bytes, 0, read, StandardCharsets.US_ASCII));
            }
            messages.add(text.toString());
            assertThat(name).isEqualTo("message " + messages.size());
        }

        @Override
        public void acceptExtract(String name, boolean legible, long modified, InputStream in) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void acceptExpanded(String compression, long modified, InputStream in) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean mayHoldToken(byte[] bytes, int from, int to) {
            return true;
        }

        @Override
        public void acceptRest(String part, long offset, byte[] bytes, int from, int to) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MemberSink inside(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Provenance container() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean share(Part part) {
            return false;
        }

        @Override
        public void searchContainerToo() {}

        @Override
        public void skipped(String name, String why) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void skipped(String why) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void unreadable(String name, Exception cause) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long memory() {
            return 0;
        }
    }
}
