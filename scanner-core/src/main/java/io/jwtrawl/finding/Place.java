package io.jwtrawl.finding;

import io.jwtrawl.source.GitObjectType;
import io.jwtrawl.source.PathText;
import io.jwtrawl.source.Provenance;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

    public static Place of(Provenance provenance) {
        List<String> inner = new ArrayList<>();
        List<String> encoding = new ArrayList<>();
        Provenance carrier = provenance;
        while (true) {
            switch (carrier) {
                case Provenance.Member(var container, var name, _) -> {
                    inner.addFirst(name);
                    carrier = container;
                }
                case Provenance.Expanded(var container, var compression) -> {
                    encoding.addFirst(compression);
                    carrier = container;
                }
                case Provenance.Decoded(var container, var name, _) -> {
                    encoding.addFirst(name);
                    carrier = container;
                }
                case Provenance.LocalFile(var root, var file) -> {
                    return new Place(
                            "files",
                            Optional.of(file.toUri()),
                            relative(root, file),
                            inner,
                            encoding,
                            Optional.empty());
                }
                case Provenance.RemoteRepository(var url) -> {
                    return new Place(
                            "git", Optional.empty(), url, inner, encoding, Optional.empty());
                }
                case Provenance.StandardInput() -> {
                    return new Place(
                            "stdin",
                            Optional.empty(),
                            "<stdin>",
                            inner,
                            encoding,
                            Optional.empty());
                }
                case Provenance.CommittedFile(var repository, _, var path, _) -> {
                    return git(repository, path, inner, encoding);
                }
                case Provenance.StagedFile(var repository, _, var path) -> {
                    return git(repository, path, inner, encoding);
                }
                case Provenance.GitMessage(var repository, var objectId, var type, _, _) -> {
                    return git(repository, messagePath(type, objectId), inner, encoding);
                }
                case Provenance.GitObject(var repository, var objectId, var type) -> {
                    return git(repository, messagePath(type, objectId), inner, encoding);
                }
            }
        }
    }

    /// The same file, whatever disguise a token has in it.
    public Place withoutEncoding() {
        return new Place(source, uri, path, inner, List.of(), repository);
    }

    /// The same place, its outermost carrier called by another URI.
    public Place withUri(URI other) {
        return new Place(source, Optional.of(other), path, inner, encoding, repository);
    }

    private static Place git(
            Path repository, String path, List<String> inner, List<String> encoding) {
        return new Place(
                "git",
                Optional.of(repository.toUri()),
                path,
                inner,
                encoding,
                Optional.of(repository));
    }

    /// Objects that lie at no path are named like the files that Git keeps them in.
    private static String messagePath(GitObjectType type, String objectId) {
        return type.name().toLowerCase(Locale.ROOT) + ":" + objectId;
    }

    private static String relative(Path root, Path file) {
        Path name = file.getFileName();
        return PathText.of(root.equals(file) && name != null ? name : root.relativize(file));
    }
}
