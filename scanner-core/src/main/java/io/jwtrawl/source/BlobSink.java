package io.jwtrawl.source;

import java.util.function.Supplier;

/// What a [Crawler] pushes to. Every call comes from the thread that runs the crawler.
public interface BlobSink {

    /// Scans `blob` on this thread, in this thread's buffer, and returns when it is done.
    ///
    /// Handing a small file to another thread costs more than scanning it; whoever wants parallelism forks.
    ///
    /// @return whether a token was seen in it, as far as this thread knows: others may search parts of a large blob
    /// @throws InterruptedException if the scan was cancelled
    boolean accept(Blob blob) throws InterruptedException;

    /// Whether `bytes[from, to)`, a whole blob, has anything in it that is worth an [#accept], which knows where it was
    /// found. Otherwise it is searched with that.
    ///
    /// @throws InterruptedException if the scan was cancelled
    boolean mayHoldToken(byte[] bytes, int from, int to) throws InterruptedException;

    /// Reads a small blob on this thread and scans it, without making more of it than must be.
    ///
    /// @param place asked for if something stands in it, or if it is not read to its end
    /// @return false if `reader` could not, so that it is left to [#accept]
    /// @throws InterruptedException if the scan was cancelled
    boolean acceptSmall(Supplier<Provenance> place, SmallReader reader) throws InterruptedException;

    /// Reads a whole blob.
    interface SmallReader {

        /// @return how many bytes it has; less than 0 if not fewer than `bytes`, or if it cannot be read so
        int readInto(byte[] bytes);
    }

    /// Whether `bytes[from, to)`, a part of a blob, has anything in it that is worth an [#accept] of the whole. Of a version
    /// of a blob that had nothing, what differs is to be asked about, with [#reach] bytes on either side.
    boolean partMayHoldToken(byte[] bytes, int from, int to);

    /// Whether a blob that begins with `bytes[from, to)` may be a container, and so is worth an [#accept] whatever its parts
    /// hold. [#mayHoldToken] has asked that.
    boolean mayBeContainer(byte[] bytes, int from, int to);

    /// How far from a byte the bytes are that decide together with it whether there is something.
    int reach();

    /// Counts a blob of so many bytes as searched that has nothing in any of its parts.
    ///
    /// @throws InterruptedException if the scan was cancelled
    void pass(long bytes) throws InterruptedException;

    /// Lets another thread crawl `part`, soon; runs it on this thread at once where enough parts wait already.
    ///
    /// @throws InterruptedException if the scan was cancelled
    void fork(Crawler part) throws InterruptedException;

    /// Announces that so many blobs will have been pushed in all, so that progress can be told. Optional.
    void expect(long blobs);

    /// Reports something that could not be read, so that the scan counts as incomplete.
    void unreadable(Provenance where, Exception cause);

    /// Reports something that was left out because of a limit, so that the scan counts as incomplete.
    void skipped(Provenance where, String limit);
}
