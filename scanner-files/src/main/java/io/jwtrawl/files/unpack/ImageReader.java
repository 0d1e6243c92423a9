package io.jwtrawl.files.unpack;

import io.jwtrawl.source.MemberSink;
import io.jwtrawl.source.Provenance;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Watches the members of one tar archive for what an archive of images has: manifests, configurations, and in layers the
/// marks of what they take away. The archive is read once, and which member is what is known only at its end.
final class ImageReader {

    /// Marks a file that a layer takes away (image-spec, "Whiteouts").
    private static final String WHITEOUT = ".wh.";

    private static final String OPAQUE = ".wh..wh..opq";

    private static final long MAX_FILE = 4 * 1024 * 1024;

    /// Layers and configurations are named alike by some programs.
    private static final long MAX_NAMED = 64 * 1024;

    private static final long MAX_KEPT = 16 * 1024 * 1024;

    private final ImageNotes notes;
    private final Provenance archive;
    private final Map<String, byte[]> kept = new HashMap<>();
    private long keptBytes;

    ImageReader(ImageNotes notes, Provenance archive) {
        this.notes = notes;
        this.archive = archive;
    }

    /// Notes what the name of a member tells.
    void see(String name) {
        int slash = name.lastIndexOf('/');
        if (name.startsWith(WHITEOUT, slash + 1)) {
            String folder = normal(name.substring(0, slash + 1));
            notes.whiteout(
                    archive,
                    name.startsWith(OPAQUE, slash + 1)
                            ? withoutSlash(folder)
                            : folder + name.substring(slash + 1 + WHITEOUT.length()));
        }
    }

    /// A path as all layers write it.
    static String normal(String path) {
        return path.startsWith("./")
                ? path.substring(2)
                : path.startsWith("/") ? path.substring(1) : path;
    }

    private static String withoutSlash(String folder) {
        return folder.endsWith("/") ? folder.substring(0, folder.length() - 1) : folder;
    }

    /// Whether a member may be one that describes an image, and is small enough to be kept till the end.
    boolean isMetadata(String name, long size) {
        boolean mayDescribe =
                (name.endsWith(".json") && name.indexOf('/') < 0)
                        || name.startsWith("blobs/sha256/")
                        || (name.startsWith("sha256:") && size < MAX_NAMED);
        return mayDescribe && size > 0 && size <= MAX_FILE && keptBytes + size <= MAX_KEPT;
    }

    /// Keeps it, if it is JSON.
    void keep(String name, byte[] bytes) {
        if (bytes.length > 0 && (bytes[0] == '{' || bytes[0] == '[')) {
            kept.put(name, bytes);
            keptBytes += bytes.length;
        }
    }

    /// Once all members were seen: pushes what the configurations hold, each thing at its own place.
    void finish(MemberSink sink) throws IOException, InterruptedException {
        if (!kept.containsKey("manifest.json") && !kept.containsKey("index.json")) {
            return;
        }
        List<ImageManifest.Image> images =
                ImageManifest.read(name -> Optional.ofNullable(kept.get(name)));
        if (!images.isEmpty()) {
            notes.images(archive, images);
        }
        for (ImageManifest.Image image : images) {
            byte[] config = kept.remove(image.config());
            if (config != null) {
                push(config, sink.inside(image.config()));
            }
        }
    }

    /// Pushes what a configuration holds.
    static void push(byte[] config, MemberSink sink) throws IOException, InterruptedException {
        for (Map.Entry<String, String> text : ImageManifest.texts(config).entrySet()) {
            sink.accept(
                    text.getKey(),
                    new ByteArrayInputStream(text.getValue().getBytes(StandardCharsets.UTF_8)));
        }
    }
}
