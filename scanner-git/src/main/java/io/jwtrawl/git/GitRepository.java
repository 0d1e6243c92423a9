package io.jwtrawl.git;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.storage.file.WindowCacheConfig;

/// A repository on disk, opened for reading.
///
/// @param folder what people call the repository: its worktree, or the Git folder of a bare one
/// @param gitFolder where its objects and refs are
record GitRepository(Path folder, Path gitFolder) {

    private static final int MIB = 1024 * 1024;

    /// Objects up to this size are read in one piece. JGit streams a larger one, and when that one is a delta it would
    /// write a copy of it into the repository, so the limit is high and [BlobReader] refuses large deltas.
    private static final int STREAM_ABOVE = 64 * MIB;

    static {
        IsolatedSystemReader.install();
        var windows = new WindowCacheConfig();
        windows.setPackedGitLimit(32L * MIB);
        windows.setPackedGitWindowSize(64 * 1024);
        windows.setDeltaBaseCacheLimit(48 * MIB);
        windows.setStreamFileThreshold(STREAM_ABOVE);
        windows.install();
    }

    /// The repository whose Git folder or `.git` file is at `path`, or whose worktree begins there.
    static Optional<GitRepository> at(Path path) {
        Path inWorktree = path.resolve(Constants.DOT_GIT);
        Path marker = Files.exists(inWorktree) ? inWorktree : path;
        if (Files.isRegularFile(marker) && marker.endsWith(Constants.DOT_GIT)) {
            Path worktree = marker.toAbsolutePath().getParent();
            File gitFolder =
                    worktree == null
                            ? null
                            : new FileRepositoryBuilder().findGitDir(worktree.toFile()).getGitDir();
            return gitFolder == null || worktree == null || !gitFolder.isDirectory()
                    ? Optional.empty()
                    : Optional.of(new GitRepository(worktree, gitFolder.toPath()));
        }
        if (!Files.isDirectory(marker.resolve("objects"))
                || !Files.exists(marker.resolve(Constants.HEAD))) {
            return Optional.empty();
        }
        Path parent = marker.getParent();
        boolean hasWorktree = marker.endsWith(Constants.DOT_GIT) && parent != null;
        return Optional.of(
                new GitRepository(hasWorktree && parent != null ? parent : marker, marker));
    }

    Repository open() throws IOException {
        return new FileRepositoryBuilder().setGitDir(gitFolder.toFile()).setMustExist(true).build();
    }

    /// What a ref points to.
    ///
    /// @param target the object itself, which may be an annotated tag
    /// @param peeled what an annotated tag leads to in the end, or the target
    record Tip(String name, ObjectId target, ObjectId peeled) {}

    /// What all refs and `HEAD` point to; an unborn branch points to nothing.
    static List<Tip> tips(Repository repository) throws IOException {
        List<Ref> refs = new ArrayList<>(repository.getRefDatabase().getRefs());
        Ref head = repository.exactRef(Constants.HEAD);
        if (head != null) {
            refs.add(head);
        }
        List<Tip> tips = new ArrayList<>();
        for (Ref ref : refs) {
            ObjectId target = ref.getObjectId();
            if (target != null) {
                tips.add(new Tip(ref.getName(), target, peeled(repository, ref, target)));
            }
        }
        return tips;
    }

    private static ObjectId peeled(Repository repository, Ref ref, ObjectId target) {
        try {
            ObjectId peeled = repository.getRefDatabase().peel(ref).getPeeledObjectId();
            return peeled == null ? target : peeled;
        } catch (IOException e) {
            return target; // missing or corrupt, as the crawl will find
        }
    }

    static Optional<ObjectId> head(Repository repository) throws IOException {
        return Optional.ofNullable(repository.resolve(Constants.HEAD + "^{commit}"));
    }
}
