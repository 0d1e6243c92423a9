package io.jwtrawl.files.unpack;

import io.jwtrawl.finding.Attribution;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.token.Sighting;
import java.util.List;
import java.util.Optional;

/// Tells of what was found in the archive of an image which image and layer that was, and whether a later layer takes the
/// file away again.
final class ImagePlaces implements Attribution {

    private static final String CONFIG = "config";

    private final ImageNotes notes;

    ImagePlaces(ImageNotes notes) {
        this.notes = notes;
    }

    @Override
    public List<Sighting> attribute(List<Sighting> sightings, Scan scan) {
        if (notes.isEmpty()) {
            return sightings;
        }
        return sightings.stream()
                .map(sighting -> sighting.at(named(sighting.provenance()), sighting.since()))
                .toList();
    }

    private Provenance named(Provenance provenance) {
        return switch (provenance) {
            case Provenance.Member(var container, var name, _) -> member(container, name);
            case Provenance.Expanded(var container, var compression) ->
                    new Provenance.Expanded(named(container), compression);
            case Provenance.Decoded(var container, var encoding, var range) ->
                    new Provenance.Decoded(named(container), encoding, range);
            case Provenance.LocalFile _,
                    Provenance.StandardInput _,
                    Provenance.GitObject _,
                    Provenance.RemoteRepository _,
                    Provenance.CommittedFile _,
                    Provenance.StagedFile _,
                    Provenance.GitMessage _ ->
                    provenance;
        };
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
        return new Provenance.Member(named(container), name, remover(container, name));
    }

    /// The digest of the layer that takes away what lies at `path` of the layer `container`.
    private Optional<String> remover(Provenance container, String path) {
        Provenance layer =
                container instanceof Provenance.Expanded(var compressed, _)
                        ? compressed
                        : container;
        if (!(layer instanceof Provenance.Member(var archive, var layerName, _))) {
            return Optional.empty();
        }
        for (ImageManifest.Image image : notes.imagesIn(archive)) {
            boolean isLater = false;
            for (var other : image.layers().entrySet()) {
                if (isLater && takesAway(archive, other.getKey(), path)) {
                    return Optional.of(other.getValue());
                }
                isLater |= other.getKey().equals(layerName);
            }
        }
        return Optional.empty();
    }

    private boolean takesAway(Provenance archive, String layer, String path) {
        var member = new Provenance.Member(archive, layer);
        String normal = ImageReader.normal(path);
        return notes.takesAway(member, normal)
                || notes.takesAway(new Provenance.Expanded(member, "gzip"), normal)
                || notes.takesAway(new Provenance.Expanded(member, "zstd"), normal);
    }
}
