package io.jwtrawl.files.unpack;

import io.jwtrawl.source.Blob;
import io.jwtrawl.source.BlobSink;
import io.jwtrawl.source.Content;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.Provenance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The folder of an OCI image layout. Its files are crawled like any others; what the configurations in it hold gets places
/// of its own here.
public final class ImageFolder implements Crawler {

    private static final long MAX_FILE = 4 * 1024 * 1024;

    private final Path root;
    private final Path folder;

    /// @param root the target that the user named
    public ImageFolder(Path root, Path folder) {
        this.root = root;
        this.folder = folder;
    }

    /// The images that the layout in `folder` lists.
    static List<ImageManifest.Image> images(Path folder) {
        return ImageManifest.read(name -> read(folder, name));
    }

    /// Names come from files that anybody may have written: they lead nowhere else.
    private static Optional<byte[]> read(Path folder, String name) {
        if (name.contains("..") || name.startsWith("/") || name.indexOf(0) >= 0) {
            return Optional.empty();
        }
        Path file = folder.resolve(name);
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                            && Files.size(file) <= MAX_FILE
                    ? Optional.of(Files.readAllBytes(file))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // whoever crawls it as a file says why
        }
    }

    @Override
    public void crawl(BlobSink sink) throws InterruptedException {
        for (ImageManifest.Image image : images(folder)) {
            Optional<byte[]> config = read(folder, image.config());
            if (config.isEmpty()) {
                continue;
            }
            var named =
                    new Provenance.Member(
                            new Provenance.LocalFile(root, folder.resolve(image.config())),
                            image.name());
            for (Map.Entry<String, String> text : ImageManifest.texts(config.get()).entrySet()) {
                byte[] bytes = text.getValue().getBytes(StandardCharsets.UTF_8);
                sink.accept(
                        new Blob(
                                new Provenance.Member(named, text.getKey()),
                                new Content.InMemory(bytes)));
            }
        }
    }
}
