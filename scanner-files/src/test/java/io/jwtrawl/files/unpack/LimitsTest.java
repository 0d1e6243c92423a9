package io.jwtrawl.files.unpack;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.source.ExpansionLimits;
import io.jwtrawl.testkit.Tokens;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.compressors.snappy.FramedSnappyCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/// What is made to take all memory, disk or time there is ends at a limit, which is told; what stands before it, and in other
/// files, is found.
@Timeout(120)
class LimitsTest {

    private static final ExpansionLimits USUAL = ExpansionLimits.DEFAULT;
    private static final byte[] ZEROS = new byte[1 << 20];

    @TempDir Path folder = Path.of("");

    interface Writing {
        void to(OutputStream out) throws IOException;
    }

    static byte[] bytes(Writing writing) {
        var out = new ByteArrayOutputStream();
        try {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static byte[] gzip(Writing content) {
        return bytes(out -> {
            try (var gzip = new GZIPOutputStream(out)) {
                content.to(gzip);
            }
        });
    }

    static byte[] zip(int members, byte[] each) {
        return bytes(out -> {
            try (var zip = new ZipOutputStream(out)) {
                for (int i = 0; i < members; i++) {
                    zip.putNextEntry(new ZipEntry("m" + i));
                    zip.write(each);
                }
            }
        });
    }

    static byte[] token(int number) {
        return ("t=" + Tokens.any(number) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /// So many mebibytes of NULs.
    static Writing zeros(int mebibytes) {
        return out -> {
            for (int i = 0; i < mebibytes; i++) {
                out.write(ZEROS);
            }
        };
    }

    private ScanReport scan(byte[] archive, ExpansionLimits limits) throws IOException {
        Files.write(folder.resolve("archive"), archive);
        Files.write(folder.resolve("other"), token(99));
        ScanReport report = Unpacked.scan(folder, limits);
        assertThat(Unpacked.places(report)).contains("other :1");
        return report;
    }

    @Test
    void stopsAtTheDepth() throws IOException {
        byte[] nested = token(1);
        for (int i = 0; i < 4; i++) {
            nested = zip(1, nested);
        }
        var limits = new ExpansionLimits(3, 100, 300, 1 << 30, Duration.ofMinutes(1), 1 << 27);
        ScanReport report = scan(nested, limits);
        assertThat(Unpacked.places(report)).containsExactly("other :1");
        assertThat(Unpacked.incidents(report))
                .containsExactly(
                        "archive!/m0!/m0!/m0: lies in 3 containers and is not opened (--max-depth)");
        var deeper = new ExpansionLimits(4, 100, 300, 1 << 30, Duration.ofMinutes(1), 1 << 27);
        assertThat(Unpacked.places(scan(nested, deeper))).contains("archive!m0!m0!m0!m0 :1");
    }

    @Test
    void stopsAtTheNumberOfMembers() throws IOException {
        var limits = new ExpansionLimits(8, 10, 300, 1 << 30, Duration.ofMinutes(1), 1 << 27);
        ScanReport report = scan(zip(11, token(1)), limits);
        assertThat(report.findings()).hasSize(11);
        assertThat(Unpacked.incidents(report))
                .containsExactly(
                        "archive: it has more than 10 members (--max-entries); the rest of it was not opened");
    }

    @Test
    void stopsAtTheRatio() throws IOException {
        byte[] bomb =
                gzip(out -> {
                    out.write(token(1));
                    zeros(200).to(out);
                    out.write(token(2));
                });
        ScanReport report = scan(bomb, USUAL);
        assertThat(Unpacked.places(report)).containsExactly("archive [gzip] :0", "other :1");
        assertThat(Unpacked.incidents(report))
                .containsExactly(
                        "archive: it expands to more than 300 times its size (--max-ratio); the rest of it was not opened");
    }

    @Test
    void stopsAtTheBytes() throws IOException {
        var limits = new ExpansionLimits(8, 100, 5000, 1 << 20, Duration.ofMinutes(1), 1 << 27);
        ScanReport report = scan(gzip(zeros(2)), limits);
        assertThat(Unpacked.incidents(report))
                .containsExactly(
                        "archive: it expands to more than 1048576 bytes (--max-expanded); the rest of it was not opened");
    }

    @Test
    void stopsAtTheTime() throws IOException {
        var limits = new ExpansionLimits(8, 100, 5000, 1 << 30, Duration.ZERO, 1 << 27);
        assertThat(Unpacked.incidents(scan(zip(1, token(1)), limits)))
                .containsExactly(
                        "archive: at m0: it takes longer to unpack than 0 s (--max-unpack-time); the rest of it was not opened");
    }

    /// As 42.zip is made: archives of archives of archives.
    @Test
    void survivesArchivesOfArchives() throws IOException {
        byte[] bomb = zip(16, bytes(zeros(16)));
        for (int i = 0; i < 4; i++) {
            bomb = zip(16, bomb);
        }
        ScanReport report = scan(bomb, USUAL);
        assertThat(Unpacked.incidents(report)).hasSize(1);
        assertThat(Unpacked.incidents(report).getFirst()).contains("--max-ratio");
    }

    @Test
    void survivesCompressionInsideCompression() throws IOException {
        byte[] inner = gzip(zeros(1000));
        byte[] bomb = gzip(out -> out.write(gzip(second -> second.write(inner))));
        ScanReport report = scan(bomb, USUAL);
        assertThat(Unpacked.incidents(report)).hasSize(1);
        assertThat(Unpacked.incidents(report).getFirst()).contains("--max-ratio");
    }

    @Test
    void survivesAFileThatExpandsToItself() throws IOException {
        byte[] quine = Quine.gzip();
        try (var expanded = new GzipStream(new ByteArrayInputStream(quine))) {
            assertThat(expanded.readAllBytes()).isEqualTo(quine);
        }
        byte[] zip =
                bytes(out -> {
                    try (var members = new ZipOutputStream(out)) {
                        members.putNextEntry(new ZipEntry("r.gz"));
                        members.write(quine);
                        members.putNextEntry(new ZipEntry("a"));
                        members.write(token(1));
                    }
                });
        ScanReport report = scan(zip, USUAL);
        assertThat(Unpacked.places(report)).containsExactly("archive!a :1", "other :1");
        assertThat(Unpacked.incidents(report))
                .hasSize(1)
                .allSatisfy(line -> assertThat(line).contains("r.gz", "--max-depth"));
    }

    /// Every member of the directory is the same one (D. Fifield, "A better zip bomb").
    @Test
    void survivesMembersThatOverlap() throws IOException {
        byte[] zip = zip(1, bytes(zeros(32)));
        int directory = indexOf(zip, new byte[] {'P', 'K', 1, 2});
        int end = indexOf(zip, new byte[] {'P', 'K', 5, 6});
        int entries = 20_000;
        byte[] bomb =
                bytes(out -> {
                    out.write(zip, 0, directory);
                    for (int i = 0; i < entries; i++) {
                        out.write(zip, directory, end - directory);
                    }
                    byte[] last = Arrays.copyOfRange(zip, end, zip.length);
                    int length = entries * (end - directory);
                    for (int i = 0; i < 4; i++) {
                        last[12 + i] = (byte) (length >> (8 * i));
                    }
                    out.write(last);
                });
        ScanReport report = scan(bomb, USUAL);
        assertThat(Unpacked.incidents(report)).hasSize(1);
        assertThat(Unpacked.incidents(report).getFirst()).contains("--max-ratio");
    }

    /// A tar archive of one empty file after the other, each a block: a gigabyte of them is a megabyte of gzip.
    @Test
    void survivesEndlessMembers() throws IOException {
        byte[] header = tarHeader("x", 1, '0');
        byte[] pair = Arrays.copyOf(header, 1024);
        pair[512] = 'x';
        byte[] bomb =
                gzip(out -> {
                    for (int i = 0; i < 200_000; i++) {
                        out.write(pair);
                    }
                });
        ScanReport report =
                scan(
                        bomb,
                        new ExpansionLimits(
                                8, 50_000, 5000, 1L << 40, Duration.ofMinutes(2), 1 << 27));
        assertThat(Unpacked.incidents(report)).hasSize(1);
        assertThat(Unpacked.incidents(report).getFirst()).contains("--max-entries");
    }

    @Test
    void takesNoMoreMemoryForADecoderThanItMay() throws IOException {
        byte[] header = {
            0x5d, 0, 0, 0, 0x40, -1, -1, -1, -1, -1, -1, -1, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8
        };
        ScanReport report =
                scan(
                        header,
                        new ExpansionLimits(8, 100, 300, 1 << 30, Duration.ofMinutes(1), 1 << 20));
        assertThat(Unpacked.places(report)).containsExactly("other :1");
    }

    static byte[] tarHeader(String name, long size, char type) {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, "0000644\0");
        put(header, 108, "0000000\0");
        put(header, 116, "0000000\0");
        put(header, 124, String.format("%011o\0", size));
        put(header, 136, "00000000000\0");
        put(header, 148, "        ");
        header[156] = (byte) type;
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, String.format("%06o\0 ", sum));
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int i = 0; ; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
    }

    /// A member of an archive, compressed by a method that programs for ZIP files seldom write.
    private static byte[] zip(int method, byte[] compressed, int size) {
        byte[] name = {'m'};
        ByteBuffer zip =
                ByteBuffer.allocate(30 + 46 + 22 + 2 + compressed.length)
                        .order(ByteOrder.LITTLE_ENDIAN);
        zip.putInt(0x04034b50).putShort((short) 63).putShort((short) 0).putShort((short) method);
        zip.putInt(0).putInt(0).putInt(compressed.length).putInt(size);
        zip.putShort((short) 1).putShort((short) 0).put(name).put(compressed);
        int directory = zip.position();
        zip.putInt(0x02014b50).putShort((short) 63).putShort((short) 63).putShort((short) 0);
        zip.putShort((short) method).putInt(0).putInt(0).putInt(compressed.length).putInt(size);
        zip.putShort((short) 1).putShort((short) 0).putShort((short) 0).putShort((short) 0);
        zip.putShort((short) 0).putInt(0).putInt(0).put(name);
        int length = zip.position() - directory;
        zip.putInt(0x06054b50).putInt(0).putShort((short) 1).putShort((short) 1);
        zip.putInt(length).putInt(directory).putShort((short) 0);
        return zip.array();
    }

    @Test
    void readsMembersThatFewProgramsWrite() throws IOException {
        byte[] content = token(7);
        byte[] zstd =
                bytes(out -> {
                    try (var compressed = new ZstdOutputStreamNoFinalizer(out)) {
                        compressed.write(content);
                    }
                });
        byte[] xz =
                bytes(out -> {
                    try (var compressed = new XZOutputStream(out, new LZMA2Options())) {
                        compressed.write(content);
                    }
                });
        Files.write(folder.resolve("zstd.zip"), zip(93, zstd, content.length));
        Files.write(folder.resolve("xz.zip"), zip(95, xz, content.length));
        Files.write(
                folder.resolve("framed.sz"),
                bytes(out -> {
                    try (var compressed = new FramedSnappyCompressorOutputStream(out)) {
                        compressed.write(content);
                    }
                }));
        ScanReport report = Unpacked.scan(folder);
        assertThat(report.incidents()).isEmpty();
        assertThat(Unpacked.places(report))
                .containsExactly("framed.sz [snappy] :1", "xz.zip!m :1", "zstd.zip!m :1");
    }
}
