package io.jwtrawl.source;

/// A half-open range `[start, end)` of byte offsets, counted from the start of a blob.
public record ByteRange(long start, long end) {

    public ByteRange {
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("not a range: [" + start + ", " + end + ")");
        }
    }

    public long length() {
        return end - start;
    }
}
