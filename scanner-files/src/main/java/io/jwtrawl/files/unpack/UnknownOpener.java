package io.jwtrawl.files.unpack;

import io.jwtrawl.source.Container;
import io.jwtrawl.source.MemberSink;

/// Tells that a container is of a format that nothing here can read. What it holds uncompressed is found all the same.
final class UnknownOpener implements Opener {

    private final String format;

    UnknownOpener(String format) {
        this.format = format;
    }

    @Override
    public void open(Container container, MemberSink sink) {
        sink.searchContainerToo();
        sink.skipped("is " + format + ", which cannot be opened");
    }
}
