package io.jwtrawl.source;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Where a blob was found.
///
/// A chain of containers is the value itself: the innermost [Member] or [Decoded] wraps what it was found in.
public sealed interface Provenance {

    /// A file on disk; `root` is the target that the user named, `file` the file itself or something below it.
    record LocalFile(Path root, Path file) implements Provenance {}

    /// What was piped in.
    record StandardInput() implements Provenance {}

    /// An object of a repository's history whose paths and commits are not worked out yet.
    record GitObject(Path repository, String objectId, GitObjectType type) implements Provenance {}

    /// A repository on another machine that could not be fetched; `url` without user name and password.
    record RemoteRepository(String url) implements Provenance {

        public RemoteRepository {
            url = PathText.escape(url);
        }
    }

    /// A file in a repository's history, as the commit that brought the finding in had it.
    record CommittedFile(Path repository, String objectId, String path, History history)
            implements Provenance {

        public CommittedFile {
            path = PathText.escape(path);
        }
    }

    /// A file in a repository's index, about to be committed.
    record StagedFile(Path repository, String objectId, String path) implements Provenance {

        public StagedFile {
            path = PathText.escape(path);
        }
    }

    /// The text of a commit or of an annotated tag, `objectId` naming which.
    record GitMessage(
            Path repository,
            String objectId,
            GitObjectType type,
            Authorship authorship,
            boolean inHead)
            implements Provenance {}

    /// A file inside a container.
    ///
    /// @param removedBy in an image, the later layer that takes the file away again
    record Member(Provenance container, String name, Optional<String> removedBy)
            implements Provenance {

        public Member {
            name = PathText.escape(name);
        }

        public Member(Provenance container, String name) {
            this(container, name, Optional.empty());
        }
    }

    /// What a compressed file is when it is expanded.
    record Expanded(Provenance container, String compression) implements Provenance {}

    /// Text hidden in an encoding, such as base64, at `range` of its container.
    record Decoded(Provenance container, String encoding, ByteRange range) implements Provenance {}

    /// When a path first and last held what was found in it.
    ///
    /// @param introduced the commit that brought it in
    /// @param removedBy the commit that took it out again, if it is gone from every branch that had it
    /// @param inHead whether the commit that `HEAD` names still holds it
    /// @param branches some of those that end with a commit that holds it, as they are usually called
    /// @param permalink where the site that hosts the repository shows it, as far as that is known
    record History(
            Authorship introduced,
            Optional<String> removedBy,
            boolean inHead,
            List<String> branches,
            Optional<URI> permalink) {

        public History(Authorship introduced, Optional<String> removedBy, boolean inHead) {
            this(introduced, removedBy, inHead, List.of(), Optional.empty());
        }
    }

    /// How many containers and encodings lie around it.
    default int depth() {
        return switch (this) {
            case Member(var container, _, _) -> container.depth() + 1;
            case Expanded(var container, _) -> container.depth() + 1;
            case Decoded(var container, _, _) -> container.depth() + 1;
            case LocalFile _,
                    StandardInput _,
                    GitObject _,
                    RemoteRepository _,
                    CommittedFile _,
                    StagedFile _,
                    GitMessage _ ->
                    0;
        };
    }

    /// The outermost container: the file, object or stream that everything else was found in.
    default Provenance outermost() {
        return switch (this) {
            case Member(var container, _, _) -> container.outermost();
            case Expanded(var container, _) -> container.outermost();
            case Decoded(var container, _, _) -> container.outermost();
            case LocalFile _,
                    StandardInput _,
                    GitObject _,
                    RemoteRepository _,
                    CommittedFile _,
                    StagedFile _,
                    GitMessage _ ->
                    this;
        };
    }

    /// The same chain of containers around another outermost one.
    default Provenance withOutermost(Provenance outermost) {
        return switch (this) {
            case Member(var container, var name, var removedBy) ->
                    new Member(container.withOutermost(outermost), name, removedBy);
            case Expanded(var container, var compression) ->
                    new Expanded(container.withOutermost(outermost), compression);
            case Decoded(var container, var encoding, var range) ->
                    new Decoded(container.withOutermost(outermost), encoding, range);
            case LocalFile _,
                    StandardInput _,
                    GitObject _,
                    RemoteRepository _,
                    CommittedFile _,
                    StagedFile _,
                    GitMessage _ ->
                    outermost;
        };
    }

    /// In an image, the later layer that takes the file away again.
    default Optional<String> removedByLayer() {
        return switch (this) {
            case Member(var container, _, var removedBy) -> removedBy.or(container::removedByLayer);
            case Expanded(var container, _) -> container.removedByLayer();
            case Decoded(var container, _, _) -> container.removedByLayer();
            case LocalFile _,
                    StandardInput _,
                    GitObject _,
                    RemoteRepository _,
                    CommittedFile _,
                    StagedFile _,
                    GitMessage _ ->
                    Optional.empty();
        };
    }

    /// One line for people, such as `image.tar!/layer.tar!/app.log`; control characters and odd bytes are escaped.
    default String display() {
        return switch (this) {
            case LocalFile(_, var file) -> PathText.of(file);
            case StandardInput() -> "<stdin>";
            case GitObject(var repository, var objectId, var type) ->
                    PathText.of(repository)
                            + "@"
                            + type.name().toLowerCase(Locale.ROOT)
                            + ":"
                            + objectId;
            case RemoteRepository(var url) -> url;
            case CommittedFile(var repository, _, var path, var history) ->
                    PathText.of(repository) + "@" + history.introduced().commit() + ":" + path;
            case StagedFile(var repository, _, var path) ->
                    PathText.of(repository) + "@index:" + path;
            case GitMessage(var repository, var objectId, _, _, _) ->
                    PathText.of(repository) + "@" + objectId;
            case Member(var container, var name, _) -> container.display() + "!/" + name;
            case Expanded(var container, _) -> container.display();
            case Decoded(var container, var encoding, var range) ->
                    container.display()
                            + "!/"
                            + encoding
                            + "@"
                            + range.start()
                            + "+"
                            + range.length();
        };
    }
}
