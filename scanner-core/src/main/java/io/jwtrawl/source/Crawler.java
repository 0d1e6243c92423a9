package io.jwtrawl.source;

/// A place that blobs come from: a directory, a repository, a bucket, or a part of one.
public interface Crawler {

    /// Pushes every blob to `sink` from this thread, forks what other threads may visit, and returns when there is no
    /// more to push. Forked parts may still be under way then. What cannot be read, be it the whole place, is reported
    /// to `sink`.
    ///
    /// @throws InterruptedException if the scan was cancelled
    void crawl(BlobSink sink) throws InterruptedException;
}
