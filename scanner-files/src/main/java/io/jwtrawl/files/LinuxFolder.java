package io.jwtrawl.files;

import io.jwtrawl.source.SeekableStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A folder read by system calls. Whatever fails is tried again by the standard library, which knows how to say why.
final class LinuxFolder implements Folder {

    /// Set to `portable`, everything is read with the standard library.
    private static final String PROPERTY = "jwtrawl.files";

    /// Names that are not in the encoding that Java uses for them cannot be told from the string that stands for them.
    private static final boolean UTF_8_NAMES =
            StandardCharsets.UTF_8.name().equals(System.getProperty("sun.jnu.encoding"));

    private static final boolean SUPPORTED =
            System.getProperty("os.name").equals("Linux")
                    && System.getProperty("os.arch").equals("amd64")
                    && !System.getProperty(PROPERTY, "").equals("portable");

    // Offsets in `struct linux_dirent64`.
    private static final int LENGTH = 16;
    private static final int TYPE = 18;
    private static final int NAME = 19;

    private static final byte DT_UNKNOWN = 0;
    private static final byte DT_DIR = 4;
    private static final byte DT_REG = 8;

    private final Path folder;
    private final int descriptor;
    private final LinuxCalls calls;

    private LinuxFolder(Path folder, int descriptor, LinuxCalls calls) {
        this.folder = folder;
        this.descriptor = descriptor;
        this.calls = calls;
    }

    static boolean isSupported() {
        return SUPPORTED;
    }

    static Folder open(Path path) {
        String name = path.toString();
        LinuxCalls calls = LinuxCalls.ofThread();
        int descriptor =
                isPlain(name)
                        ? calls.open(
                                LinuxCalls.WORKING_FOLDER,
                                name.isEmpty()
                                        ? new byte[] {'.'}
                                        : name.getBytes(StandardCharsets.UTF_8),
                                LinuxCalls.OPEN_FOLDER)
                        : -1;
        return descriptor < 0 ? new PortableFolder(path) : new LinuxFolder(path, descriptor, calls);
    }

    /// Opens a file that is no link, by its whole path.
    static SeekableStream openFile(Path path) throws IOException {
        String name = path.toString();
        LinuxCalls calls = LinuxCalls.ofThread();
        int opened =
                isPlain(name)
                        ? calls.open(
                                LinuxCalls.WORKING_FOLDER,
                                name.getBytes(StandardCharsets.UTF_8),
                                LinuxCalls.OPEN_FILE)
                        : -1;
        return opened < 0 ? PortableFile.open(path) : new LinuxFile(calls, opened, path);
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
        byte[] records = calls.records();
        while (true) {
            int end = calls.list(descriptor);
            if (end <= 0) {
                return end == 0;
            }
            int at = 0;
            while (at < end) {
                String name = name(records, at + NAME);
                if (name.isEmpty()) {
                    return false;
                }
                if (!name.equals(".") && !name.equals("..")) {
                    entries.add(new Named(folder, name, kind(name, records[at + TYPE])));
                }
                at +=
                        (records[at + LENGTH] & 0xff)
                                | (records[at + LENGTH + 1] & 0xff) << Byte.SIZE;
            }
        }
    }

    /// The name at `records[start]`, or an empty string if Java cannot give it back to the system unchanged.
    private static String name(byte[] records, int start) {
        int end = start;
        int any = 0;
        while (records[end] != 0) {
            any |= records[end];
            end++;
        }
        if (any >= 0) {
            return new String(records, start, end - start, StandardCharsets.ISO_8859_1);
        }
        if (!UTF_8_NAMES) {
            return "";
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(records, start, end - start))
                    .toString();
        } catch (CharacterCodingException _) {
            return "";
        }
    }

    private Kind kind(String name, byte type) {
        return switch (type) {
            case DT_REG -> Kind.FILE;
            case DT_DIR -> Kind.FOLDER;
            case DT_UNKNOWN -> PortableFolder.kindOf(folder.resolve(name));
            default -> Kind.OTHER;
        };
    }

    @Override
    public SeekableStream read(Entry file) throws IOException {
        if (file instanceof Named(_, var name, _)) {
            int opened =
                    calls.open(
                            descriptor,
                            name.getBytes(StandardCharsets.UTF_8),
                            LinuxCalls.OPEN_FILE);
            if (opened >= 0) {
                return new LinuxFile(calls, opened, file.path());
            }
        }
        return portable().read(file);
    }

    private PortableFolder portable() {
        return new PortableFolder(folder);
    }

    @Override
    public void close() {
        calls.close(descriptor);
    }

    private record Named(Path folder, String name, Kind kind) implements Entry {

        @Override
        public Path path() {
            return folder.resolve(name);
        }
    }
}
