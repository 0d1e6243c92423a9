package io.jwtrawl.files.leveldb;

import io.jwtrawl.source.MemberSink;
import io.jwtrawl.source.MemoryStream;
import java.io.IOException;
import java.util.List;

/// Pushes the values of a database, each under the names that its key gives it.
final class Values {

    private final MemberSink sink;
    private final StorageNames names;

    Values(MemberSink sink, StorageNames names) {
        this.sink = sink;
        this.names = names;
    }

    void push(byte[] key, byte[] bytes, int from, int to) throws IOException, InterruptedException {
        if (key.length >= MemberSink.SHORTEST_TOKEN && sink.mayHoldToken(key, 0, key.length)) {
            push(List.of("keys"), key, 0, key.length);
        }
        if (to - from < MemberSink.SHORTEST_TOKEN) {
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
            expanded.pushTo(sink.inside(names.of(key)));
        }
    }

    private void push(List<String> path, byte[] bytes, int from, int to)
            throws IOException, InterruptedException {
        // Text in local storage has a byte before it that says how it is encoded.
        int begin = path.getFirst().equals(StorageNames.LOCAL) ? from + 1 : from;
        sink.inside(path.subList(0, path.size() - 1))
                .accept(path.getLast(), new MemoryStream(bytes, begin, to, true));
    }
}
