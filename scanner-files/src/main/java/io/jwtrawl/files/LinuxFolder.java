package io.jwtrawl.files;

import io.jwtrawl.source.NativeCode;
import io.jwtrawl.source.SeekableStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// A folder read by system calls. Whatever fails is tried again by the standard library, which knows how to say why.
final class LinuxFolder implements Folder {

    /// Names that are not in the encoding that Java uses for them cannot be told from the string that stands for them.
    private static final boolean UTF_8_NAMES =
            StandardCharsets.UTF_8.name().equals(System.getProperty("sun.jnu.encoding"));

    private static final boolean SUPPORTED =
            System.getProperty("os.name").equals("Linux") && NativeCode.isLoaded();

    /// The system takes paths of up to 4,095 bytes.
    private static final int MAX_PATH = 4000;

    // Offsets in `struct linux_dirent64`.
    private static final int LENGTH = 16;
    private static final int TYPE = 18;
    private static final int NAME = 19;

    private static final byte DT_UNKNOWN = 0;
    private static final byte DT_DIR = 4;
    private static final byte DT_REG = 8;

    /// What a folder is read into, one for each thread.
    private static final ThreadLocal<byte[]> RECORDS =
            ThreadLocal.withInitial(() -> new byte[64 * 1024]);

    private final Path folder;
    private final int descriptor;

    private LinuxFolder(Path folder, int descriptor) {
        this.folder = folder;
        this.descriptor = descriptor;
    }

    static boolean isSupported() {
        return SUPPORTED;
    }

    static Folder open(Path path) {
        String name = path.toString();
        int descriptor =
                isPlain(name)
                        ? openFolder(
                                name.isEmpty()
                                        ? new byte[] {'.'}
                                        : name.getBytes(StandardCharsets.UTF_8))
                        : -1;
        return descriptor < 0 ? new PortableFolder(path) : new LinuxFolder(path, descriptor);
    }

    /// A path that is longer than the system takes is gone along piece by piece.
    ///
    /// @return a descriptor, or less than 0
    private static int openFolder(byte[] name) {
        int folder = LinuxCalls.WORKING_FOLDER;
        int from = 0;
        while (true) {
            int to = piece(name, from);
            int opened = LinuxCalls.openFolder(folder, Arrays.copyOfRange(name, from, to));
            if (from > 0) {
                LinuxCalls.close(folder);
            }
            if (opened < 0 || to == name.length) {
                return opened;
            }
            folder = opened;
            from = to + 1;
        }
    }

    /// Where a piece that the system takes ends: before a slash, or with the whole.
    private static int piece(byte[] name, int from) {
        if (name.length - from <= MAX_PATH) {
            return name.length;
        }
        int to = from + MAX_PATH;
        while (to > from + 1 && name[to] != '/') {
            to--;
        }
        return to;
    }

    /// Opens a file that is no link, by its whole path.
    static SeekableStream openFile(Path path) throws IOException {
        String name = path.toString();
        int opened = isPlain(name) ? openFile(name.getBytes(StandardCharsets.UTF_8)) : -1;
        return opened < 0 ? PortableFile.open(path) : new LinuxFile(opened, path);
    }

    private static int openFile(byte[] name) {
        if (name.length <= MAX_PATH) {
            return LinuxCalls.openFile(LinuxCalls.WORKING_FOLDER, name);
        }
        int slash = name.length - 1;
        while (slash > 0 && name[slash] != '/') {
            slash--;
        }
        int folder = openFolder(Arrays.copyOf(name, slash));
        if (folder < 0) {
            return folder;
        }
        int opened = LinuxCalls.openFile(folder, Arrays.copyOfRange(name, slash + 1, name.length));
        LinuxCalls.close(folder);
        return opened;
    }

    /// Whether the bytes of `name` are known for certain.
    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) >= 0x80) {
                return UTF_8_NAMES && name.indexOf('\ufffd') < 0;
            }
        }
        return true;
    }

    @Override
    public void list(Consumer<Entry> entries) throws IOException {
        List<Entry> listed = new ArrayList<>();
        if (list(listed)) {
            listed.forEach(entries);
        } else {
            portable().list(entries);
        }
    }

    /// @return whether that was possible
    private boolean list(List<Entry> entries) {
        byte[] records = RECORDS.get();
        while (true) {
            int end = LinuxCalls.list(descriptor, records);
            if (end <= 0) {
                return end == 0;
            }
            int at = 0;
            while (at < end) {
                byte[] name = name(records, at + NAME);
                if (!isPlain(name)) {
                    return false;
                }
                if (!isThisOrParent(name)) {
                    entries.add(new Named(folder, name, kind(name, records[at + TYPE])));
                }
                at +=
                        (records[at + LENGTH] & 0xff)
                                | (records[at + LENGTH + 1] & 0xff) << Byte.SIZE;
            }
        }
    }

    private static byte[] name(byte[] records, int start) {
        int end = start;
        while (records[end] != 0) {
            end++;
        }
        return Arrays.copyOfRange(records, start, end);
    }

    private static boolean isThisOrParent(byte[] name) {
        return name[0] == '.' && (name.length == 1 || (name.length == 2 && name[1] == '.'));
    }

    /// Whether Java can give `name`, once it is a string, back to the system unchanged.
    private static boolean isPlain(byte[] name) {
        int any = 0;
        for (byte b : name) {
            any |= b;
        }
        if (any >= 0) {
            return true;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name));
            return UTF_8_NAMES;
        } catch (CharacterCodingException _) {
            return false;
        }
    }

    private Kind kind(byte[] name, byte type) {
        return switch (type) {
            case DT_REG -> Kind.FILE;
            case DT_DIR -> Kind.FOLDER;
            case DT_UNKNOWN ->
                    PortableFolder.kindOf(folder.resolve(new String(name, StandardCharsets.UTF_8)));
            default -> Kind.OTHER;
        };
    }

    @Override
    public SeekableStream read(Entry file) throws IOException {
        if (file instanceof Named named) {
            int opened = LinuxCalls.openFile(descriptor, named.bytes);
            if (opened >= 0) {
                return new LinuxFile(opened, file.path());
            }
        }
        return portable().read(file);
    }

    @Override
    public int readWhole(Entry file, byte[] bytes) {
        return file instanceof Named named
                ? LinuxCalls.readWhole(descriptor, named.bytes, bytes)
                : portable().readWhole(file, bytes);
    }

    private PortableFolder portable() {
        return new PortableFolder(folder);
    }

    @Override
    public void close() {
        LinuxCalls.close(descriptor);
    }

    /// Most names are never looked at as text.
    private static final class Named implements Entry {
        private final Path folder;
        private final byte[] bytes;
        private final Kind kind;

        Named(Path folder, byte[] bytes, Kind kind) {
            this.folder = folder;
            this.bytes = bytes;
            this.kind = kind;
        }

        @Override
        public Path path() {
            return folder.resolve(name());
        }

        @Override
        public String name() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        @Override
        public boolean isNamed(String name) {
            if (bytes.length != name.length()) {
                return false;
            }
            for (int i = 0; i < bytes.length; i++) {
                if (bytes[i] != name.charAt(i)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean endsWith(byte[] end) {
            int from = bytes.length - end.length;
            return from >= 0 && Arrays.equals(bytes, from, bytes.length, end, 0, end.length);
        }

        @Override
        public Kind kind() {
            return kind;
        }
    }
}
