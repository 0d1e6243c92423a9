package io.jwtrawl.files.unpack;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.jwtrawl.source.Container;
import io.jwtrawl.source.MemberSink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.lz4.BlockLZ4CompressorInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.apache.commons.compress.compressors.z.ZCompressorInputStream;
import org.brotli.dec.BrotliInputStream;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.XZInputStream;

/// Opens what is one compressed file and no archive.
final class CompressedOpener implements Opener {

    /// So much has to be expanded without an error for a signature to count that other files may have too.
    private static final int PROOF = 1024;

    /// Where in a gzip header the time stands.
    private static final int GZIP_TIME = 4;

    private final Format format;

    CompressedOpener(Format format) {
        this.format = format;
    }

    @Override
    public void open(Container container, MemberSink sink)
            throws IOException, InterruptedException {
        if (format.isWeak()) {
            sink.searchContainerToo();
        }
        try (InputStream expanded = expand(container.in(), sink.memory())) {
            byte[] beginning = new byte[PROOF];
            int length;
            try {
                length = proof(expanded, beginning, format.isWeak());
            } catch (IOException | RuntimeException e) {
                if (format.isWeak()) {
                    return;
                }
                throw e;
            }
            sink.acceptExpanded(
                    name(),
                    modified(container),
                    new SequenceInputStream(
                            new ByteArrayInputStream(beginning, 0, length), expanded));
            if (expanded instanceof GzipStream gzip && gzip.isFollowed()) {
                sink.searchContainerToo();
            }
        } catch (NotThisFormatException _) {
            // Searched as it is, as any of a weak format.
        }
    }

    /// Only gzip says it: RFC 1952, section 2.3.1, MTIME.
    private long modified(Container container) {
        int at = container.from() + GZIP_TIME;
        if (format != Format.GZIP || at + Integer.BYTES > container.to()) {
            return MemberSink.UNDATED;
        }
        return TimeUnit.SECONDS.toMillis(ZipDirectory.int32(container.head(), at));
    }

    private static final class NotThisFormatException extends IOException {
        private static final long serialVersionUID = 1;

        NotThisFormatException(Exception cause) {
            super(cause);
        }
    }

    /// Reads the beginning; where it breaks off later than at once, what came before is what counts.
    private static int proof(InputStream expanded, byte[] beginning, boolean isStrict)
            throws IOException {
        int length = 0;
        while (length < beginning.length) {
            int read;
            try {
                read = expanded.read(beginning, length, beginning.length - length);
            } catch (IOException e) {
                if (length == 0 || isStrict) {
                    throw e;
                }
                return length; // it will break again, and be told then
            }
            if (read < 0) {
                return length;
            }
            length += read;
        }
        return length;
    }

    private InputStream expand(InputStream in, long memory) throws IOException {
        if (format == Format.GZIP) {
            return new GzipStream(in);
        }
        try {
            return Decoders.of(format, new Borrowed(in), memory);
        } catch (IOException | RuntimeException e) {
            if (format.isWeak()) {
                throw new NotThisFormatException(e);
            }
            throw e;
        }
    }

    /// As reports call the compression.
    String name() {
        return switch (format) {
            case COMPRESS -> "compress";
            case BROTLI -> "brotli";
            case MOZILLA_LZ4 -> "lz4";
            default -> format.name().toLowerCase(java.util.Locale.ROOT);
        };
    }

    /// What the libraries are needed for, loaded when one is.
    static final class Decoders {

        private static final int MOZILLA_HEADER = 12;

        private Decoders() {}

        /// @param memory how many bytes a decoder may take
        static InputStream of(Format format, InputStream in, long memory) throws IOException {
            int kibibytes = (int) Math.min(Integer.MAX_VALUE, memory >> 10);
            return switch (format) {
                case GZIP -> new GzipStream(in);
                case BZIP2 -> new BZip2CompressorInputStream(in, true);
                case XZ -> new XZInputStream(in, kibibytes);
                case LZMA -> new LZMAInputStream(in, kibibytes);
                case ZSTD -> zstd(in, memory);
                case LZ4 -> new FramedLZ4CompressorInputStream(in, true);
                case MOZILLA_LZ4 -> mozilla(in);
                case SNAPPY -> new SnappyStream(in);
                case COMPRESS -> new ZCompressorInputStream(in, kibibytes);
                case BROTLI -> new BrotliInputStream(in);
                default -> throw new IOException("is no compression: " + format);
            };
        }

        /// One block behind the magic and the size that it expands to.
        private static InputStream mozilla(InputStream in) throws IOException {
            in.skipNBytes(MOZILLA_HEADER);
            return new BlockLZ4CompressorInputStream(in);
        }

        private static InputStream zstd(InputStream in, long memory) throws IOException {
            var stream = new ZstdInputStreamNoFinalizer(in);
            stream.setLongMax(Math.max(10, Math.min(31, 63 - Long.numberOfLeadingZeros(memory))));
            return stream;
        }
    }
}
