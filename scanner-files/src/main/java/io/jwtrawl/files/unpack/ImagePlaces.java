package io.jwtrawl.files.unpack;

import io.jwtrawl.finding.Attribution;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.token.Sighting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tells of what was found in the archive of an image which image and layer that was, and whether a later layer takes the
/// file away again.
final class ImagePlaces implements Attribution {

    private static final String CONFIG = "config";

    private final ImageNotes notes;

    /// The images in folders, read when something was found in one.
    private final Map<Path, List<ImageManifest.Image>> layouts = new HashMap<>();

    ImagePlaces(ImageNotes notes) {
        this.notes = notes;
    }

    @Override
    public List<Sighting> attribute(List<Sighting> sightings, Scan scan) {
        return sightings.stream()
                .map(sighting -> sighting.at(named(sighting.provenance()), sighting.since()))
                .toList();
    }

    /// No switch: the first one over patterns takes longer than a small scan.
    private Provenance named(Provenance provenance) {
        if (provenance instanceof Provenance.Member member) {
            return member(member.container(), member.name());
        }
        return provenance instanceof Provenance.Contained contained
                ? contained.within(named(contained.container()))
                : provenance;
    }

    private Provenance member(Provenance container, String name) {
        for (ImageManifest.Image image : notes.imagesIn(container)) {
            String layer = image.layers().get(name);
            if (layer != null) {
                return new Provenance.Member(
                        new Provenance.Member(named(container), image.name()), layer);
            }
            if (name.equals(image.config())) {
                return new Provenance.Member(
                        new Provenance.Member(named(container), image.name()), CONFIG);
            }
        }
        Provenance within = named(container);
        Optional<ImageManifest.Image> layout =
                fileOf(container) instanceof Provenance.LocalFile file
                        ? imageOf(file)
                        : Optional.empty();
        if (layout.isPresent() && within.equals(container)) {
            within = naming(container, layout.get().name());
        }
        return new Provenance.Member(within, name, remover(container, name));
    }

    /// The same file, with the name of the image whose layer it is.
    private static Provenance naming(Provenance layer, String image) {
        return layer instanceof Provenance.Expanded(var file, var compression)
                ? new Provenance.Expanded(new Provenance.Member(file, image), compression)
                : new Provenance.Member(layer, image);
    }

    private static Provenance fileOf(Provenance layer) {
        return layer instanceof Provenance.Expanded(var file, _) ? file : layer;
    }

    /// The image that a file in the folder of an OCI layout is a layer of.
    private Optional<ImageManifest.Image> imageOf(Provenance.LocalFile file) {
        Optional<Path> folder = layoutOf(file.file());
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        String blob = folder.get().relativize(file.file()).toString();
        return layouts.computeIfAbsent(folder.get(), ImageFolder::images).stream()
                .filter(image -> image.layers().containsKey(blob))
                .findFirst();
    }

    /// Of `layout/blobs/sha256/0123…` the folder `layout`, if that is one.
    private static Optional<Path> layoutOf(Path file) {
        Path digests = file.getParent();
        Path blobs = digests == null ? null : digests.getParent();
        Path layout = blobs == null ? null : blobs.getParent();
        return layout != null
                        && blobs != null
                        && blobs.endsWith("blobs")
                        && Files.isRegularFile(layout.resolve("oci-layout"))
                ? Optional.of(layout)
                : Optional.empty();
    }

    /// The digest of the layer that takes away what lies at `path` of the layer `container`.
    private Optional<String> remover(Provenance container, String path) {
        Provenance layer = fileOf(container);
        if (layer instanceof Provenance.LocalFile file) {
            return remover(file, path);
        }
        if (!(layer instanceof Provenance.Member(var archive, var layerName, _))) {
            return Optional.empty();
        }
        for (ImageManifest.Image image : notes.imagesIn(archive)) {
            boolean isLater = false;
            for (var other : image.layers().entrySet()) {
                if (isLater && takesAway(new Provenance.Member(archive, other.getKey()), path)) {
                    return Optional.of(other.getValue());
                }
                isLater |= other.getKey().equals(layerName);
            }
        }
        return Optional.empty();
    }

    private Optional<String> remover(Provenance.LocalFile layer, String path) {
        Optional<ImageManifest.Image> image = imageOf(layer);
        Optional<Path> folder = layoutOf(layer.file());
        if (image.isEmpty() || folder.isEmpty()) {
            return Optional.empty();
        }
        boolean isLater = false;
        for (var other : image.get().layers().entrySet()) {
            var file = new Provenance.LocalFile(layer.root(), folder.get().resolve(other.getKey()));
            if (isLater && takesAway(file, path)) {
                return Optional.of(other.getValue());
            }
            isLater |= file.equals(layer);
        }
        return Optional.empty();
    }

    private boolean takesAway(Provenance member, String path) {
        String normal = ImageReader.normal(path);
        return notes.takesAway(member, normal)
                || notes.takesAway(new Provenance.Expanded(member, "gzip"), normal)
                || notes.takesAway(new Provenance.Expanded(member, "zstd"), normal);
    }
}
