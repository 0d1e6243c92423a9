package io.jwtrawl.source;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where a blob was found.
///
/// A chain of containers is the value itself: the innermost [Member] or [Decoded] wraps what it was found in.
///
/// Every scan asks for what is a method here, so none of them is a pattern switch: the first of those costs 15 ms of a
/// process that takes 80.
public sealed interface Provenance {

    /// How many containers and encodings lie around it.
    int depth();

    /// The outermost container: the file, object or stream that everything else was found in.
    Outermost outermost();

    /// The same chain of containers around another outermost one.
    Provenance withOutermost(Outermost outermost);

    /// In an image, the later layer that takes the file away again.
    Optional<String> removedByLayer();

    /// One line for people, such as `image.tar!/layer.tar!/app.log`; control characters and odd bytes are escaped.
    String display();

    /// What a crawler reads: nothing lies around it.
    sealed interface Outermost extends Provenance {

        /// What kind of source it is from: `files`, `git` or `stdin`.
        String source();

        /// Where its carrier can be fetched.
        Optional<URI> uri();

        /// Below its target or repository, with `/` between names; safe to print.
        String path();

        @Override
        default int depth() {
            return 0;
        }

        @Override
        default Outermost outermost() {
            return this;
        }

        @Override
        default Outermost withOutermost(Outermost outermost) {
            return outermost;
        }

        @Override
        default Optional<String> removedByLayer() {
            return Optional.empty();
        }
    }

    /// A file on disk; `root` is the target that the user named, `file` the file itself or something below it.
    record LocalFile(Path root, Path file) implements Outermost {

        @Override
        public String source() {
            return "files";
        }

        @Override
        public Optional<URI> uri() {
            return Optional.of(file.toUri());
        }

        @Override
        public String path() {
            Path name = file.getFileName();
            return PathText.of(root.equals(file) && name != null ? name : root.relativize(file));
        }

        @Override
        public String display() {
            return PathText.of(file);
        }
    }

    /// What was piped in.
    record StandardInput() implements Outermost {

        @Override
        public String source() {
            return "stdin";
        }

        @Override
        public Optional<URI> uri() {
            return Optional.empty();
        }

        @Override
        public String path() {
            return "<stdin>";
        }

        @Override
        public String display() {
            return path();
        }
    }

    /// Something that is kept by a repository; its folder is what crawlers call the repository.
    sealed interface InRepository extends Outermost {
        Path repository();

        String objectId();

        @Override
        default String source() {
            return "git";
        }

        @Override
        default Optional<URI> uri() {
            return Optional.of(FolderUris.of(repository()));
        }
    }

    /// An object of a repository's history whose paths and commits are not worked out yet.
    record GitObject(Path repository, String objectId, GitObjectType type) implements InRepository {

        @Override
        public String path() {
            return type.pathOf(objectId);
        }

        @Override
        public String display() {
            return PathText.of(repository) + "@" + path();
        }
    }

    /// A repository on another machine that could not be fetched; `url` without user name and password.
    record RemoteRepository(String url) implements Outermost {

        public RemoteRepository {
            url = PathText.escape(url);
        }

        @Override
        public String source() {
            return "git";
        }

        @Override
        public Optional<URI> uri() {
            return Optional.empty();
        }

        @Override
        public String path() {
            return url;
        }

        @Override
        public String display() {
            return url;
        }
    }

    /// A file in a repository's history, as the commit that brought the finding in had it.
    record CommittedFile(Path repository, String objectId, String path, History history)
            implements InRepository {

        public CommittedFile {
            path = PathText.escape(path);
        }

        @Override
        public String display() {
            return PathText.of(repository) + "@" + history.introduced().commit() + ":" + path;
        }
    }

    /// A file in a repository's index, about to be committed.
    record StagedFile(Path repository, String objectId, String path) implements InRepository {

        public StagedFile {
            path = PathText.escape(path);
        }

        @Override
        public String display() {
            return PathText.of(repository) + "@index:" + path;
        }
    }

    /// The text of a commit or of an annotated tag, `objectId` naming which.
    record GitMessage(
            Path repository,
            String objectId,
            GitObjectType type,
            Authorship authorship,
            boolean inHead)
            implements InRepository {

        @Override
        public String path() {
            return type.pathOf(objectId);
        }

        @Override
        public String display() {
            return PathText.of(repository) + "@" + objectId;
        }
    }

    /// Something inside something else.
    sealed interface Contained extends Provenance {
        Provenance container();

        /// The same inside another container.
        Contained within(Provenance other);

        @Override
        default Contained withOutermost(Outermost outermost) {
            return within(container().withOutermost(outermost));
        }

        @Override
        default int depth() {
            return container().depth() + 1;
        }

        @Override
        default Outermost outermost() {
            return container().outermost();
        }

        @Override
        default Optional<String> removedByLayer() {
            return container().removedByLayer();
        }
    }

    /// A file inside a container.
    ///
    /// @param removedBy in an image, the later layer that takes the file away again
    record Member(Provenance container, String name, Optional<String> removedBy)
            implements Contained {

        public Member {
            name = PathText.escape(name);
        }

        public Member(Provenance container, String name) {
            this(container, name, Optional.empty());
        }

        @Override
        public Optional<String> removedByLayer() {
            return removedBy.isPresent() ? removedBy : container.removedByLayer();
        }

        @Override
        public Member within(Provenance other) {
            return new Member(other, name, removedBy);
        }

        @Override
        public String display() {
            return container.display() + "!/" + name;
        }
    }

    /// Text that a document shows: a page, a slide, the values of its properties.
    ///
    /// @param legible whether the bytes of the document tell the place better, where they show the text as it is
    record Extract(Provenance container, String name, boolean legible) implements Contained {

        public Extract {
            name = PathText.escape(name);
        }

        @Override
        public Extract within(Provenance other) {
            return new Extract(other, name, legible);
        }

        @Override
        public String display() {
            return container.display() + "!/" + name;
        }
    }

    /// What a compressed file is when it is expanded.
    record Expanded(Provenance container, String compression) implements Contained {

        @Override
        public Expanded within(Provenance other) {
            return new Expanded(other, compression);
        }

        @Override
        public String display() {
            return container.display();
        }
    }

    /// Text hidden in an encoding, such as base64, at `range` of its container.
    record Decoded(Provenance container, String encoding, ByteRange range) implements Contained {

        @Override
        public Decoded within(Provenance other) {
            return new Decoded(other, encoding, range);
        }

        @Override
        public String display() {
            return container.display()
                    + "!/"
                    + encoding
                    + "@"
                    + range.start()
                    + "+"
                    + range.length();
        }
    }

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
}
