package io.jwtrawl.source;

/// A place inside a blob.
///
/// @param offset bytes before it
/// @param line counted from 1, lines ending at a line feed
/// @param column counted from 1 in Unicode code points; bytes that continue a UTF-8 sequence are not counted
public record Position(long offset, long line, long column) {

    public Position {
        if (offset < 0 || line < 1 || column < 1) {
            throw new IllegalArgumentException(
                    "not a position: " + offset + ", " + line + ":" + column);
        }
    }
}
