package io.jwtrawl.files;

import io.jwtrawl.source.SeekableStream;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Consumer;

/// A folder read with nothing but the standard library: on every platform, and for every name.
final class PortableFolder implements Folder {

    private final Path folder;

    PortableFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public void list(Consumer<Entry> entries) throws IOException {
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
            for (Path path : paths) {
                entries.accept(new Listed(path, kindOf(path)));
            }
        } catch (DirectoryIteratorException e) {
            throw new IOException("cannot be listed to its end", e);
        }
    }

    @Override
    public SeekableStream read(Entry file) throws IOException {
        return PortableFile.open(file.path(), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public int readWhole(Entry file, byte[] bytes) {
        if (hasOtherNames(file.path())) {
            return -1;
        }
        try (SeekableStream in = read(file)) {
            int length = in.readNBytes(bytes, 0, bytes.length);
            return length < bytes.length ? length : -1;
        } catch (IOException _) {
            return -1;
        }
    }

    private static boolean hasOtherNames(Path file) {
        try {
            return Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS)
                            instanceof Integer count
                    && count > 1;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException _) {
            return false;
        }
    }

    /// What `path` is; a file, if that cannot be told, so that whoever reads it is told why.
    static Kind kindOf(Path path) {
        try {
            var attributes =
                    Files.readAttributes(
                            path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isDirectory()
                    ? Kind.FOLDER
                    : attributes.isRegularFile() ? Kind.FILE : Kind.OTHER;
        } catch (IOException _) {
            return Kind.FILE;
        }
    }

    @Override
    public void close() {}

    private record Listed(Path path, Kind kind) implements Entry {

        @Override
        public String name() {
            return path.getFileName().toString();
        }
    }
}
