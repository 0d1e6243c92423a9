package io.jwtrawl.files.leveldb;

import io.jwtrawl.source.MemberSink;
import io.jwtrawl.source.MemoryStream;
import java.io.IOException;
import java.util.List;

/// Pushes the values of a database, each under the names that its key gives it.
final class Values {

    /// No token is shorter, however it is encoded.
    private static final int SHORTEST = 16;

    private final MemberSink sink;
    private final StorageNames names;

    Values(MemberSink sink, StorageNames names) {
        this.sink = sink;
        this.names = names;
    }

    void push(byte[] key, byte[] bytes, int from, int to) throws IOException, InterruptedException {
        if (key.length >= SHORTEST && sink.mayHoldToken(key, 0, key.length)) {
            push(List.of("keys"), key, 0, key.length);
        }
        if (to - from < SHORTEST) {
            return;
        }
        int compressed = SerializedValue.compressedFrom(bytes, from, to);
        if (compressed < 0) {
            if (sink.mayHoldToken(bytes, from, to)) {
                push(names.of(key), bytes, from, to);
            }
            return;
        }
        RawSnappy.Expanded expanded = RawSnappy.expand(bytes, compressed, to);
        if (!expanded.isWhole()) {
            push(names.of(key), bytes, from, to);
        }
        if (sink.mayHoldToken(expanded.bytes(), 0, expanded.length())) {
            inside(names.of(key))
                    .acceptExpanded(
                            "snappy",
                            new MemoryStream(expanded.bytes(), 0, expanded.length(), true));
        }
    }

    private void push(List<String> path, byte[] bytes, int from, int to)
            throws IOException, InterruptedException {
        // Text in local storage has a byte before it that says how it is encoded.
        int begin = path.getFirst().equals(StorageNames.LOCAL) ? from + 1 : from;
        inside(path.subList(0, path.size() - 1))
                .accept(path.getLast(), new MemoryStream(bytes, begin, to, true));
    }

    private MemberSink inside(List<String> path) {
        MemberSink inner = sink;
        for (String name : path) {
            inner = inner.inside(name);
        }
        return inner;
    }
}
