package io.jwtrawl.files.parts;

import io.jwtrawl.source.Part;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/// Which of the offsets lie in ranges that are told one after the other.
final class Spans {

    private final long[] offsets;
    private final Map<Long, Part> parts = new HashMap<>();

    Spans(long[] offsets) {
        this.offsets = offsets;
    }

    /// Whether one lies in `[from, to)`.
    boolean isIn(long from, long to) {
        int at = first(from);
        return at < offsets.length && offsets[at] < to;
    }

    /// Names those that lie in `[from, to)`.
    void name(long from, long to, Supplier<String> name) {
        String called = "";
        for (int i = first(from); i < offsets.length && offsets[i] < to; i++) {
            if (called.isEmpty()) {
                called = name.get();
            }
            if (!called.isEmpty()) {
                parts.put(offsets[i], Part.named(called));
            }
        }
    }

    private int first(long from) {
        int at = Arrays.binarySearch(offsets, from);
        return at < 0 ? -at - 1 : at;
    }

    long last() {
        return offsets[offsets.length - 1];
    }

    Map<Long, Part> parts() {
        return parts;
    }
}
