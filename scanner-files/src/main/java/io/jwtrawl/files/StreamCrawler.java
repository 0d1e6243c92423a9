package io.jwtrawl.files;

import io.jwtrawl.source.Blob;
import io.jwtrawl.source.BlobSink;
import io.jwtrawl.source.Content;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.Provenance;
import java.io.InputStream;

/// Crawls one stream: what was piped in.
public final class StreamCrawler implements Crawler {

    private final InputStream in;

    public StreamCrawler(InputStream in) {
        this.in = in;
    }

    @Override
    public void crawl(BlobSink sink) throws InterruptedException {
        sink.accept(new Blob(new Provenance.StandardInput(), new Content.Streamed(() -> in)));
    }
}
