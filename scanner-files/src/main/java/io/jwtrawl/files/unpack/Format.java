package io.jwtrawl.files.unpack;

import io.jwtrawl.files.leveldb.WriteAheadLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The kinds of container, each with the bytes that it begins with.
///
/// Recognising one is asked for of every file: nothing but this class is loaded for that.
enum Format {
    ZIP("504b0304", "504b0506", "504b0708"),
    GZIP("1f8b08"),
    BZIP2("425a68"),
    XZ("fd377a585a00"),
    ZSTD("28b52ffd", "502a4d18"),
    LZ4("04224d18"),
    SNAPPY("ff060000734e61507059"),
    COMPRESS("1f9d"),
    LZMA("5d0000"),
    SEVEN_ZIP("377abcaf271c"),
    AR("213c617263683e0a"),
    CPIO("303730373031", "303730373032", "303730373037"),
    CPIO_BINARY("c771", "71c7"),
    RPM("edabeedb"),
    RAR("526172211a0700", "526172211a0701"),
    CABINET("4d534346000000"),
    SQUASHFS("68737173"),
    XAR("78617221001c"),
    WINDOWS_IMAGE("4d5357494d000000"),

    /// What virtual machines have for disks: qcow2, VMDK, VHDX, a VHD that grows, VDI.
    VIRTUAL_DISK("514649fb", "4b444d56", "76686478", "636f6e65", "3c3c3c20"),

    /// What Firefox keeps of its session.
    MOZILLA_LZ4("6d6f7a4c7a343000"),
    SQLITE("53514c69746520666f726d6174203300"),

    /// What will be written to a database.
    SQLITE_LOG("377f0682", "377f0683"),

    /// What was in a database before it was written to.
    SQLITE_JOURNAL("d9d505f920a163d7"),
    REGISTRY_HIVE("72656766"),
    JOURNAL("4c504b5348485248"),

    /// An object that Chromium keeps for a page, compressed.
    SERIALIZED_VALUE("ff1102"),

    /// A script or program that may have an archive behind it.
    SELF_EXTRACTING("4d5a", "2321"),

    /// Told by bytes that are not the first.
    TAR,

    /// A CD or DVD (ISO 9660), told likewise.
    DISC_IMAGE,

    /// Told by its end: something else with a ZIP file behind it.
    APPENDED_ZIP,

    /// Told by its checksum.
    LEVELDB_LOG,

    /// Told by its end.
    LEVELDB_TABLE,

    /// Told by its name.
    BROTLI;

    /// Where `ustar` stands in the header of a member.
    private static final int TAR_MAGIC = 257;

    private static final int TAR_CHECKSUM = 148;

    /// Where `CD001` stands in the descriptor of a volume.
    private static final int DISC_MAGIC = 0x8001;

    private static final int TAR_BLOCK = 512;

    /// Behind the name, mode, owner and size of an old tar's first member there stands no magic, but its checksum.
    private static final int CHECKSUM_LENGTH = 8;

    /// Where it stands which part of a record begins there.
    private static final int LEVELDB_TYPE = 6;

    private static final int EOCD = 0x06054b50;
    private static final int EOCD_LENGTH = 22;
    private static final int MAX_COMMENT = 0xffff;

    private static final Format[] VALUES = values();

    /// Which bytes any of them begins with.
    private static final boolean[] FIRST = new boolean[256];

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Signature(Format format, byte[] bytes) {}

    private static final Signature[] SIGNATURES = signatures();

    private static Signature[] signatures() {
        List<Signature> all = new ArrayList<>();
        for (Format format : VALUES) {
            byte[] bytes = HexFormat.of().parseHex(format.signatures);
            for (int i = 0; i < bytes.length; i += format.length) {
                all.add(new Signature(format, Arrays.copyOfRange(bytes, i, i + format.length)));
                FIRST[bytes[i] & 0xff] = true;
            }
        }
        return all.toArray(new Signature[0]);
    }

    /// In hexadecimal digits, all of one length, which is counted in bytes.
    private final String signatures;

    private final int length;

    Format(String... signatures) {
        this.signatures = String.join("", signatures);
        this.length = signatures.length == 0 ? 0 : signatures[0].length() / 2;
    }

    /// What `bytes[from, to)`, the beginning of a blob, tells that it is; null if it is no container.
    static @Nullable Format of(byte[] bytes, int from, int to) {
        if (from == to) {
            return null;
        }
        if (isTar(bytes, from, to)) {
            return TAR;
        }
        if (to - from > LEVELDB_TYPE
                && (bytes[from + LEVELDB_TYPE] == 1 || bytes[from + LEVELDB_TYPE] == 2)
                && WriteAheadLog.isOne(bytes, from, to)) {
            return LEVELDB_LOG;
        }
        if (to - from > DISC_MAGIC + 5
                && bytes[from + DISC_MAGIC] == 'C'
                && bytes[from + DISC_MAGIC + 1] == 'D'
                && bytes[from + DISC_MAGIC + 2] == '0'
                && bytes[from + DISC_MAGIC + 3] == '0'
                && bytes[from + DISC_MAGIC + 4] == '1') {
            return DISC_IMAGE;
        }
        if (FIRST[bytes[from] & 0xff]) {
            for (Signature signature : SIGNATURES) {
                if (startsWith(bytes, from, to, signature.bytes())) {
                    Format format = signature.format();
                    return format.isPlausible(bytes, from, to) ? format : null;
                }
            }
        }
        return null;
    }

    private static boolean startsWith(byte[] bytes, int from, int to, byte[] signature) {
        if (to - from < signature.length) {
            return false;
        }
        for (int i = 0; i < signature.length; i++) {
            if (bytes[from + i] != signature[i]) {
                return false;
            }
        }
        return true;
    }

    /// A closer look where the signature is short.
    private boolean isPlausible(byte[] bytes, int from, int to) {
        return switch (this) {
            case BZIP2 -> ShortSignature.isBzip2(bytes, from, to);
            case LZMA -> ShortSignature.isLzma(bytes, from, to);
            case VIRTUAL_DISK -> ShortSignature.isVirtualDisk(bytes, from, to);
            case COMPRESS -> to - from > 3 && (bytes[from + 2] & 0x60) == 0;
            case CPIO_BINARY -> ShortSignature.isCpio(bytes, from, to);
            case SELF_EXTRACTING ->
                    bytes[from] == 'M'
                            ? ShortSignature.isProgram(bytes, from, to)
                            : SelfExtracting.payload(bytes, from, to) >= 0;
            case ZIP,
                    GZIP,
                    XZ,
                    ZSTD,
                    LZ4,
                    SNAPPY,
                    SEVEN_ZIP,
                    AR,
                    CPIO,
                    RPM,
                    RAR,
                    CABINET,
                    SQUASHFS,
                    XAR,
                    WINDOWS_IMAGE,
                    MOZILLA_LZ4,
                    DISC_IMAGE,
                    SQLITE,
                    SQLITE_LOG,
                    SQLITE_JOURNAL,
                    REGISTRY_HIVE,
                    JOURNAL,
                    SERIALIZED_VALUE,
                    LEVELDB_LOG,
                    LEVELDB_TABLE,
                    TAR,
                    APPENDED_ZIP,
                    BROTLI ->
                    true;
        };
    }

    private static boolean isTar(byte[] bytes, int from, int to) {
        if (to - from < TAR_BLOCK) {
            return false;
        }
        if (bytes[from + TAR_MAGIC] == 'u'
                && bytes[from + TAR_MAGIC + 1] == 's'
                && bytes[from + TAR_MAGIC + 2] == 't'
                && bytes[from + TAR_MAGIC + 3] == 'a'
                && bytes[from + TAR_MAGIC + 4] == 'r') {
            return true;
        }
        // Six octal digits, a NUL and a space, as old programs write it.
        return bytes[from + TAR_CHECKSUM + 6] == 0
                && bytes[from + TAR_CHECKSUM + 7] == ' '
                && bytes[from] != 0
                && isChecksum(bytes, from);
    }

    private static boolean isChecksum(byte[] bytes, int from) {
        int stated = 0;
        for (int i = 0; i < 6; i++) {
            int digit = bytes[from + TAR_CHECKSUM + i];
            if (digit == ' ' && stated == 0) {
                continue;
            }
            if (digit < '0' || digit > '7') {
                return false;
            }
            stated = 8 * stated + digit - '0';
        }
        int sum = CHECKSUM_LENGTH * ' ';
        for (int i = 0; i < TAR_BLOCK; i++) {
            sum +=
                    i >= TAR_CHECKSUM && i < TAR_CHECKSUM + CHECKSUM_LENGTH
                            ? 0
                            : bytes[from + i] & 0xff;
        }
        return sum == stated;
    }

    /// Whether a blob that ends with `bytes[from, to)` may have a ZIP file at its end.
    static boolean endsAsZip(byte[] bytes, int from, int to) {
        return to - from >= EOCD_LENGTH && isEnd(bytes, to - EOCD_LENGTH);
    }

    /// Where the record that ends a ZIP file begins in `bytes[from, to)`, which end where the file does; -1 if nowhere.
    static int zipEnd(byte[] bytes, int from, int to) {
        int last = Math.max(from, to - EOCD_LENGTH - MAX_COMMENT);
        for (int at = to - EOCD_LENGTH; at >= last; at--) {
            if (bytes[at] == 'P' && isEnd(bytes, at)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isEnd(byte[] bytes, int at) {
        return bytes[at] == (byte) EOCD
                && bytes[at + 1] == (byte) (EOCD >> 8)
                && bytes[at + 2] == (byte) (EOCD >> 16)
                && bytes[at + 3] == (byte) (EOCD >> 24);
    }

    static boolean isBrotliName(String name) {
        return name.endsWith(".br");
    }

    /// Of a table in a stream the end is not seen yet.
    static boolean isTableName(String name) {
        return name.endsWith(".ldb");
    }

    /// Names that databases of SQLite have.
    static boolean isDatabaseName(String name) {
        return name.endsWith(".sqlite")
                || name.endsWith(".db")
                || name.endsWith(".sqlite3")
                || name.endsWith(".db3");
    }

    /// What opens it.
    Opener opener(ImageNotes images) {
        return switch (this) {
            case ZIP, APPENDED_ZIP -> new ZipOpener();
            case GZIP, BZIP2, XZ, ZSTD, LZ4, MOZILLA_LZ4, SNAPPY, COMPRESS, LZMA, BROTLI ->
                    new CompressedOpener(this);
            case SEVEN_ZIP -> new SevenZipOpener();
            case AR -> new ArOpener();
            case CPIO, CPIO_BINARY -> new CpioOpener();
            case RPM -> new RpmOpener();
            case TAR -> new TarOpener(images);
            case SELF_EXTRACTING -> new SelfExtractingOpener(images);
            case SQLITE,
                    SQLITE_LOG,
                    SQLITE_JOURNAL,
                    REGISTRY_HIVE,
                    JOURNAL,
                    SERIALIZED_VALUE,
                    LEVELDB_LOG,
                    LEVELDB_TABLE ->
                    new SystemFiles(this);
            case RAR -> new UnknownOpener("a RAR archive");
            case CABINET -> new UnknownOpener("a Microsoft cabinet");
            case SQUASHFS -> new UnknownOpener("a SquashFS image");
            case XAR -> new UnknownOpener("a XAR archive");
            case WINDOWS_IMAGE -> new UnknownOpener("a Windows image");
            case VIRTUAL_DISK -> new UnknownOpener("a virtual disk");
            case DISC_IMAGE -> new UnknownOpener("an ISO 9660 image");
        };
    }

    /// Whether so short a signature tells it that other files may begin so too.
    boolean isWeak() {
        return this == LZMA
                || this == COMPRESS
                || this == CPIO_BINARY
                || this == BROTLI
                || this == BZIP2
                || this == TAR;
    }
}
