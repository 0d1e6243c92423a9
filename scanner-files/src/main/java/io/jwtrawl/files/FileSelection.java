package io.jwtrawl.files;

import io.jwtrawl.finding.Attribution;
import io.jwtrawl.source.PathFilter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// Which files below the targets of one scan are searched, and which were left out. Used by many threads.
public final class FileSelection {

    private final PathFilter filter;
    private final boolean obeysIgnoreFiles;
    private final Optional<Mounts> mounts;
    private final Optional<Instant> since;
    private final Optional<FolderState> state;
    private final HardLinks links = new HardLinks();
    private final AtomicLong ignored = new AtomicLong();

    /// @param obeysIgnoreFiles whether [IgnoreRules#FILE] in a folder says what is left out there
    /// @param mounts which file systems are not entered
    /// @param since files that were modified before are left out
    /// @param state what earlier scans searched, which need not be searched again
    public FileSelection(
            PathFilter filter,
            boolean obeysIgnoreFiles,
            Optional<Mounts> mounts,
            Optional<Instant> since,
            Optional<FolderState> state) {
        this.filter = filter;
        this.obeysIgnoreFiles = obeysIgnoreFiles;
        this.mounts = mounts;
        this.since = since;
        this.state = state;
    }

    /// Everything that passes `filter`.
    static FileSelection of(PathFilter filter) {
        return new FileSelection(
                filter, false, Optional.empty(), Optional.empty(), Optional.empty());
    }

    PathFilter filter() {
        return filter;
    }

    boolean obeysIgnoreFiles() {
        return obeysIgnoreFiles;
    }

    HardLinks links() {
        return links;
    }

    /// Whether every file that is let through has to be looked up first.
    boolean asksForAttributes() {
        return since.isPresent() || state.isPresent();
    }

    /// Whether `file` is to be searched, by what the file system says of it. What that does not tell is searched.
    boolean wants(Path file) {
        return (since.isEmpty()
                        || FileAges.modified(file).map(since.get()::compareTo).orElse(0) <= 0)
                && (state.isEmpty() || state.get().wants(file));
    }

    boolean mayEnter(Path folder) {
        return mounts.isEmpty() || mounts.get().mayEnter(folder);
    }

    void ignore() {
        ignored.incrementAndGet();
    }

    /// How many files and folders an [IgnoreRules#FILE] has left out.
    public long ignored() {
        return ignored.get();
    }

    /// What is known of places only when all is searched; asked before other attributions.
    public List<Attribution> attributions() {
        return List.of(links);
    }

    /// Leaves out what earlier scans reported; asked behind other attributions.
    public Optional<Attribution> memory() {
        return state.map(known -> (sightings, _) -> known.unknown(sightings));
    }
}
