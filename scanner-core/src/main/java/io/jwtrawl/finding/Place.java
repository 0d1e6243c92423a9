package io.jwtrawl.finding;

import io.jwtrawl.source.Provenance;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A provenance as reports name it: what kind of source, which file in it, which containers in that.
///
/// @param source `files`, `git` or `stdin`
/// @param uri the outermost carrier; of something in a repository that was fetched, where from
/// @param path of the outermost carrier below its target or repository, with `/` between names; safe to print
/// @param inner members of containers, outermost first
/// @param encoding encodings and compressions that were undone, outermost first
/// @param repository the folder of the repository
public record Place(
        String source,
        Optional<URI> uri,
        String path,
        List<String> inner,
        List<String> encoding,
        Optional<Path> repository) {

    // Those that a record has by itself take milliseconds to make.

    @Override
    public boolean equals(Object other) {
        return other instanceof Place place
                && path.equals(place.path)
                && inner.equals(place.inner)
                && encoding.equals(place.encoding)
                && uri.equals(place.uri)
                && repository.equals(place.repository)
                && source.equals(place.source);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * path.hashCode() + inner.hashCode()) + uri.hashCode();
    }

    public static Place of(Provenance provenance) {
        List<String> inner = new ArrayList<>();
        List<String> encoding = new ArrayList<>();
        Provenance carrier = provenance;
        while (carrier instanceof Provenance.Contained contained) {
            if (contained instanceof Provenance.Decoded decoded) {
                encoding.addFirst(decoded.encoding());
            } else if (contained instanceof Provenance.Expanded expanded) {
                encoding.addFirst(expanded.compression());
            } else if (contained instanceof Provenance.Member member) {
                inner.addFirst(member.name());
            } else if (contained instanceof Provenance.Extract extract) {
                inner.addFirst(extract.name());
            }
            carrier = contained.container();
        }
        Provenance.Outermost outermost = carrier.outermost();
        return new Place(
                outermost.source(),
                outermost.uri(),
                outermost.path(),
                inner,
                encoding,
                outermost instanceof Provenance.InRepository kept
                        ? Optional.of(kept.repository())
                        : Optional.empty());
    }

    /// Orders places by source, carrier and what is inside; those that differ only in an encoding are alike.
    public static int compareCarriers(Place one, Place other) {
        int order = one.source.compareTo(other.source);
        if (order == 0) {
            order = text(one.uri).compareTo(text(other.uri));
        }
        if (order == 0) {
            order = one.path.compareTo(other.path);
        }
        return order != 0
                ? order
                : String.join("\0", one.inner).compareTo(String.join("\0", other.inner));
    }

    private static String text(Optional<URI> uri) {
        return uri.isPresent() ? uri.get().toString() : "";
    }

    /// The same file, whatever disguise a token has in it.
    public Place withoutEncoding() {
        return new Place(source, uri, path, inner, List.of(), repository);
    }

    /// The same place, its outermost carrier called by another URI.
    public Place withUri(URI other) {
        return new Place(source, Optional.of(other), path, inner, encoding, repository);
    }
}
