package io.jwtrawl.source;

/// A place inside a blob.
///
/// @param offset bytes before it
/// @param line counted from 1, lines ending at a line feed; 0 where there are no lines
/// @param column counted from 1 in Unicode code points; bytes that continue a UTF-8 sequence are not counted; 0 where
///     there are no lines
public record Position(long offset, long line, long column) {

    public Position {
        if (offset < 0 || line < 0 || column < 0 || (line == 0) != (column == 0)) {
            throw new IllegalArgumentException(
                    "not a position: " + offset + ", " + line + ":" + column);
        }
    }

    /// A place in something that is no text.
    public static Position withoutLines(long offset) {
        return new Position(offset, 0, 0);
    }

    public boolean hasLines() {
        return line > 0;
    }
}
