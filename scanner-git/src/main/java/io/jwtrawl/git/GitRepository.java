package io.jwtrawl.git;

import io.jwtrawl.git.objects.HashFormat;
import io.jwtrawl.git.objects.ObjectDatabase;
import io.jwtrawl.source.Provenance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/// A repository on disk. Of what it holds beside objects, everything is read here and in [Refs], never by JGit: see
/// [GitFiles].
///
/// @param folder what people call the repository: its worktree, or the Git folder of a bare one
/// @param gitFolder where `HEAD` and the index of the worktree are
/// @param commonFolder where objects and refs are: the same, or that of the repository which a worktree is linked to
/// @param borrowed where more objects are, beside what the repository itself borrows
record GitRepository(Path folder, Path gitFolder, Path commonFolder, List<Path> borrowed) {

    private static final int MAX_LINK = 64 * 1024;
    private static final int MAX_CONFIG = 1024 * 1024;
    private static final int MAX_SHALLOW = 16 * 1024 * 1024;
    private static final String LINK = "gitdir: ";
    private static final String COMMON = "commondir";

    /// Written out, as those that the JVM makes for a record take it 5 ms to make.
    @Override
    public boolean equals(Object other) {
        return other instanceof GitRepository that
                && folder.equals(that.folder)
                && gitFolder.equals(that.gitFolder)
                && commonFolder.equals(that.commonFolder)
                && borrowed.equals(that.borrowed);
    }

    @Override
    public int hashCode() {
        return folder.hashCode() * 31 + gitFolder.hashCode();
    }

    /// The repository whose Git folder or `.git` file is at `path`, or whose worktree begins there.
    static Optional<GitRepository> at(Path path) {
        Path inWorktree = path.resolve(Constants.DOT_GIT);
        Path marker = Files.exists(inWorktree) ? inWorktree : path;
        Path parent = marker.toAbsolutePath().getParent();
        boolean inFolder = marker.endsWith(Constants.DOT_GIT) && parent != null;
        if (Files.isRegularFile(marker)) {
            return inFolder && parent != null
                    ? linkedFrom(marker, parent)
                            .filter(GitRepository::isGitFolder)
                            .map(gitFolder -> of(parent, gitFolder))
                    : Optional.empty();
        }
        if (!isGitFolder(marker)) {
            return Optional.empty();
        }
        return Optional.of(of(inFolder && parent != null ? parent : worktreeOf(marker), marker));
    }

    private static GitRepository of(Path folder, Path gitFolder) {
        return new GitRepository(folder, gitFolder, commonFolder(gitFolder), List.of());
    }

    /// The same repository with more objects, such as those that a push brings and that are not accepted yet.
    GitRepository borrowing(List<Path> folders) {
        return new GitRepository(folder, gitFolder, commonFolder, folders);
    }

    /// What a repository must have, as links or not: whether they are any good is told when they are read.
    private static boolean isGitFolder(Path folder) {
        Path objects = folder.resolve(Constants.OBJECTS);
        return GitFiles.exists(folder.resolve(Constants.HEAD))
                && (Files.isDirectory(objects)
                        || Files.isSymbolicLink(objects)
                        || Files.isRegularFile(folder.resolve(COMMON)));
    }

    /// The Git folder that a `.git` file names.
    private static Optional<Path> linkedFrom(Path file, Path folder) {
        return firstLine(file)
                .filter(line -> line.startsWith(LINK))
                .flatMap(line -> resolved(folder, line.substring(LINK.length())));
    }

    /// The linked worktree that has `gitFolder` for its own, or that folder itself if there is none.
    private static Path worktreeOf(Path gitFolder) {
        return Optional.of(gitFolder)
                .filter(folder -> Files.isRegularFile(folder.resolve(COMMON)))
                .flatMap(folder -> firstLine(folder.resolve("gitdir")))
                .flatMap(line -> resolved(gitFolder, line))
                .filter(Files::isRegularFile)
                .map(Path::getParent)
                .orElse(gitFolder);
    }

    private static Path commonFolder(Path gitFolder) {
        return firstLine(gitFolder.resolve(COMMON))
                .flatMap(line -> resolved(gitFolder, line))
                .orElse(gitFolder);
    }

    private static Optional<String> firstLine(Path file) {
        try {
            return GitFiles.lines(file, MAX_LINK).flatMap(lines -> lines.stream().findFirst());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Path> resolved(Path folder, String name) {
        try {
            return Optional.of(folder.resolve(name).normalize());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /// The same for all worktrees of one repository.
    Path identity() {
        try {
            return commonFolder.toRealPath();
        } catch (IOException e) {
            return commonFolder.toAbsolutePath().normalize();
        }
    }

    /// What to call the repository as long as it is not known from which of its worktrees it is looked at.
    Path commonName() {
        Path parent = commonFolder.toAbsolutePath().getParent();
        return commonFolder.endsWith(Constants.DOT_GIT) && parent != null ? parent : commonFolder;
    }

    /// It and its other worktrees, each once.
    List<GitRepository> worktrees() {
        Map<Path, GitRepository> found = new LinkedHashMap<>();
        found.put(gitFolder.toAbsolutePath().normalize(), this);
        List<Path> gitFolders = new ArrayList<>(List.of(commonFolder));
        Path linked = commonFile("worktrees");
        if (Files.isDirectory(linked)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(linked)) {
                entries.forEach(gitFolders::add);
            } catch (IOException | DirectoryIteratorException e) {
                // Whoever reads the refs tells.
            }
        }
        for (Path other : gitFolders) {
            at(other)
                    .ifPresent(location ->
                            found.putIfAbsent(
                                    other.toAbsolutePath().normalize(),
                                    location.borrowing(borrowed)));
        }
        return List.copyOf(found.values());
    }

    boolean isBare() {
        return folder.equals(gitFolder);
    }

    Path file(String name) {
        return gitFolder.resolve(name);
    }

    Path commonFile(String name) {
        return commonFolder.resolve(name);
    }

    /// Its own configuration. What that includes from elsewhere is never read.
    Config config() throws IOException {
        var config = new Config();
        Path file = commonFile(Constants.CONFIG);
        if (GitFiles.exists(file)) {
            try {
                config.fromText(
                        new String(GitFiles.read(file, MAX_CONFIG), StandardCharsets.UTF_8));
            } catch (ConfigInvalidException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
        return config;
    }

    /// Its objects, as JGit reads them; not with SHA-256.
    ///
    /// @param problems learns of what cannot be read of it, though it can be opened
    /// @throws IOException if its objects are kept in a way that is not known here
    ObjectStore open(Problems problems) throws IOException {
        return open(problems, Set.of());
    }

    /// Its objects, without the parents of some commits.
    ObjectStore openCut(Set<ObjectId> cut) throws IOException {
        return open(Problems.TOLD_ALREADY, cut);
    }

    /// Its objects as Git shows them: with replacements and grafts.
    ObjectStore openAsShown() throws IOException {
        ObjectStore store = open(Problems.TOLD_ALREADY, Set.of());
        store.show(Overlay.read(this, store));
        return store;
    }

    private ObjectStore open(Problems problems, Set<ObjectId> cut) throws IOException {
        if (format(problems) != HashFormat.SHA1) {
            throw new UnknownFormatException("object format sha256 is not supported here yet");
        }
        Set<ObjectId> ends = new HashSet<>(shallow(problems));
        ends.addAll(cut);
        return ObjectStore.open(commonFile(Constants.OBJECTS), borrowed, ends, problems);
    }

    /// Its objects, however they are named.
    ///
    /// @param problems learns of what cannot be read of it, though it can be opened
    /// @throws IOException if its objects are kept in a way that is not known here
    ObjectDatabase objects(Problems problems) throws IOException {
        return ObjectDatabase.open(
                commonFile(Constants.OBJECTS), borrowed, format(problems), problems::unreadable);
    }

    /// The hash function that names its objects.
    HashFormat format() {
        try {
            return format(Problems.TOLD_ALREADY);
        } catch (UnknownFormatException e) {
            return HashFormat.SHA1; // whoever opens it says what is wrong
        }
    }

    private HashFormat format(Problems problems) throws UnknownFormatException {
        try {
            return format(config());
        } catch (UnknownFormatException e) {
            throw e;
        } catch (IOException e) {
            problems.unreadable(commonFile(Constants.CONFIG), e);
            return HashFormat.SHA1;
        }
    }

    private static HashFormat format(Config config) throws UnknownFormatException {
        long version =
                config.getLong(
                        ConfigConstants.CONFIG_CORE_SECTION,
                        ConfigConstants.CONFIG_KEY_REPO_FORMAT_VERSION,
                        0);
        if (version > 1) {
            throw new UnknownFormatException("repository format " + version + " is not supported");
        }
        String format =
                config.getString(ConfigConstants.CONFIG_EXTENSIONS_SECTION, null, "objectformat");
        if (format == null || format.equalsIgnoreCase("sha1")) {
            return HashFormat.SHA1;
        }
        if (format.equalsIgnoreCase("sha256")) {
            return HashFormat.SHA256;
        }
        throw new UnknownFormatException("object format " + format + " is not known");
    }

    private static final class UnknownFormatException extends IOException {
        UnknownFormatException(String message) {
            super(message);
        }
    }

    /// Whether some objects were left out when it was cloned, and are fetched when Git needs them.
    boolean isPartialClone() {
        try {
            Config config = config();
            return config.getString("extensions", null, "partialclone") != null
                    || config.getSubsections(ConfigConstants.CONFIG_REMOTE_SECTION).stream()
                            .anyMatch(remote ->
                                    config.getBoolean(
                                            ConfigConstants.CONFIG_REMOTE_SECTION,
                                            remote,
                                            "promisor",
                                            false));
        } catch (IOException | RuntimeException e) {
            return false; // the crawl has told what is wrong with it
        }
    }

    /// Whether only the latest commits were fetched.
    boolean isShallow() {
        return GitFiles.exists(commonFile(Constants.SHALLOW));
    }

    /// The commits whose parents were not fetched.
    Set<ObjectId> shallow(Problems problems) {
        return shallow(Refs.IDS, problems);
    }

    /// The commits whose parents were not fetched.
    <I> Set<I> shallow(IdText<I> ids, Problems problems) {
        Path file = commonFile(Constants.SHALLOW);
        try {
            return GitFiles.lines(file, MAX_SHALLOW).stream()
                    .flatMap(lines -> lines.stream())
                    .map(ids.ids())
                    .collect(Collectors.toSet());
        } catch (IOException | RuntimeException e) {
            problems.unreadable(file, e);
            return Set.of();
        }
    }

    /// Where something is that belongs to the repository and not to any commit.
    Provenance provenance(Path file) {
        return new Provenance.LocalFile(commonName(), file);
    }
}
