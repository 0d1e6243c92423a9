package io.jwtrawl.files.unpack;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.jwtrawl.files.parts.CarrierParts;
import io.jwtrawl.source.Container;
import io.jwtrawl.source.ExpansionLimitException;
import io.jwtrawl.source.MemberSink;
import io.jwtrawl.source.MemoryStream;
import io.jwtrawl.source.Provenance;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/// Any bytes are opened, or refused by an [IOException] or by what libraries throw at damage, which the engine turns into
/// one; no opener runs without end or takes all memory.
class UnpackerFuzzTest {

    /// So many members, and bytes of them, are looked at.
    private static final int MEMBERS = 1000;

    private static final long BYTES = 4L << 20;

    @FuzzTest(maxDuration = "3m")
    void zip(byte[] bytes) throws InterruptedException {
        open(Format.ZIP, bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void tar(byte[] bytes) throws InterruptedException {
        open(Format.TAR, bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void sevenZip(byte[] bytes) throws InterruptedException {
        open(Format.SEVEN_ZIP, bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void gzip(byte[] bytes) throws InterruptedException {
        open(Format.GZIP, bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void bzip2(byte[] bytes) throws InterruptedException {
        open(Format.BZIP2, bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void xz(byte[] bytes) throws InterruptedException {
        open(Format.XZ, bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void lzma(byte[] bytes) throws InterruptedException {
        open(Format.LZMA, bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void zstd(byte[] bytes) throws InterruptedException {
        open(Format.ZSTD, bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void lz4(byte[] bytes) throws InterruptedException {
        open(Format.LZ4, bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void mozillaLz4(byte[] bytes) throws InterruptedException {
        open(Format.MOZILLA_LZ4, bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void snappy(byte[] bytes) throws InterruptedException {
        open(Format.SNAPPY, bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void compress(byte[] bytes) throws InterruptedException {
        open(Format.COMPRESS, bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void brotli(byte[] bytes) throws InterruptedException {
        open(Format.BROTLI, bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void cpio(byte[] bytes) throws InterruptedException {
        open(Format.CPIO, bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void ar(byte[] bytes) throws InterruptedException {
        open(Format.AR, bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void rpm(byte[] bytes) throws InterruptedException {
        open(Format.RPM, bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void selfExtracting(byte[] bytes) throws InterruptedException {
        if (bytes.length > 1) {
            open(Format.SELF_EXTRACTING, bytes);
        }
    }

    @FuzzTest(maxDuration = "3m")
    void sqlite(byte[] bytes) throws InterruptedException {
        open(Format.SQLITE, bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void sqliteLog(byte[] bytes) throws InterruptedException {
        open(Format.SQLITE_LOG, bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void sqliteJournal(byte[] bytes) throws InterruptedException {
        open(Format.SQLITE_JOURNAL, bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void levelDbTable(byte[] bytes) throws InterruptedException {
        open(Format.LEVELDB_TABLE, bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void levelDbLog(byte[] bytes) throws InterruptedException {
        open(Format.LEVELDB_LOG, bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void registryHive(byte[] bytes) throws InterruptedException {
        open(Format.REGISTRY_HIVE, bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void journal(byte[] bytes) throws InterruptedException {
        open(Format.JOURNAL, bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void serializedValue(byte[] bytes) throws InterruptedException {
        open(Format.SERIALIZED_VALUE, bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void partsOfAnyBytesAreNamedOrNot(byte[] bytes) {
        for (String name : new String[] {"x.json", "x.yaml", ".netrc", "x"}) {
            try {
                var whole = new MemoryStream(bytes, 0, bytes.length, true);
                new CarrierParts().at(new long[] {bytes.length / 2, bytes.length}, name, whole);
            } catch (IOException | RuntimeException e) {
                // The engine passes over these: the offset is known all the same.
                assertThat(e).isInstanceOf(Exception.class);
            }
        }
    }

    @FuzzTest(maxDuration = "3m")
    void anyBytesAreRecognisedAsSomethingOrNothing(byte[] bytes) throws InterruptedException {
        Format format = Format.of(bytes, 0, bytes.length);
        if (format != null) {
            open(format, bytes);
        }
    }

    private static void open(Format format, byte[] bytes) throws InterruptedException {
        Provenance where = new Provenance.StandardInput();
        for (InputStream in :
                new InputStream[] {
                    new MemoryStream(bytes, 0, bytes.length, true), new ByteArrayInputStream(bytes)
                }) {
            try {
                format.opener(new ImageNotes())
                        .open(
                                new Container(where, bytes, 0, bytes.length, in),
                                new Counting(where));
            } catch (IOException | RuntimeException e) {
                // The engine tells of any of these; an Error, or no end, is what must not be.
                assertThat(e).isInstanceOf(Exception.class);
            }
        }
    }

    /// Reads every member, up to a limit as the engine has it.
    private static final class Counting implements MemberSink {
        private final Provenance container;
        private int members;
        private long bytes;

        Counting(Provenance container) {
            this.container = container;
        }

        @Override
        public void accept(String name, long modified, InputStream in) throws IOException {
            if (++members > MEMBERS) {
                throw new ExpansionLimitException("too many");
            }
            byte[] buffer = new byte[8192];
            try {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    count(read);
                }
            } catch (ExpansionLimitException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                return; // as the engine does: what can be read of it is searched, and the rest is
                // told
            }
        }

        private void count(long more) throws IOException {
            bytes += more;
            if (bytes > BYTES) {
                throw new ExpansionLimitException("too much");
            }
        }

        @Override
        public void acceptExtract(String name, boolean legible, long modified, InputStream in)
                throws IOException, InterruptedException {
            accept(name, UNDATED, in);
        }

        @Override
        public void acceptExpanded(String compression, long modified, InputStream in)
                throws IOException {
            accept(compression, modified, in);
        }

        @Override
        public boolean mayHoldToken(byte[] all, int from, int to) throws IOException {
            Objects.checkFromToIndex(from, to, all.length);
            count((long) to - from);
            return true;
        }

        @Override
        public void acceptRest(String part, long offset, byte[] all, int from, int to)
                throws IOException {
            mayHoldToken(all, from, to);
        }

        @Override
        public MemberSink inside(String name) {
            return this;
        }

        @Override
        public Provenance container() {
            return container;
        }

        @Override
        public boolean share(Part part) {
            return false;
        }

        @Override
        public void searchContainerToo() {}

        @Override
        public void skipped(String name, String why) {}

        @Override
        public void skipped(String why) {}

        @Override
        public void unreadable(String name, Exception cause) {}

        @Override
        public long memory() {
            return 16L << 20;
        }
    }
}
