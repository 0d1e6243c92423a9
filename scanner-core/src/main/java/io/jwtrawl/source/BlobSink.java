package io.jwtrawl.source;

/// What a [Crawler] pushes to. Every call comes from the thread that runs the crawler.
public interface BlobSink {

    /// Scans `blob` on this thread, in this thread's buffer, and returns when it is done.
    ///
    /// Handing a small file to another thread costs more than scanning it; whoever wants parallelism forks.
    ///
    /// @throws InterruptedException if the scan was cancelled
    void accept(Blob blob) throws InterruptedException;

    /// Whether `bytes[from, to)`, a whole blob, has anything in it that is worth an [#accept], which knows where it was
    /// found. Otherwise it is searched with that.
    ///
    /// @throws InterruptedException if the scan was cancelled
    boolean mayHoldToken(byte[] bytes, int from, int to) throws InterruptedException;

    /// An array to read small blobs into; lent until the crawler returns.
    byte[] room();

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
