package io.jwtrawl.files.unpack;

import io.jwtrawl.source.Container;
import io.jwtrawl.source.MemberSink;
import java.io.IOException;

/// Opens containers of one format, see [io.jwtrawl.source.Unpacker#unpack].
interface Opener {
    void open(Container container, MemberSink sink) throws IOException, InterruptedException;
}
