package io.jwtrawl.cli;

import io.jwtrawl.engine.Progress;
import java.time.Duration;

/// How far a scan has come, on one line: what matters most first, and as much of it as there is room for.
///
/// @param expected how many items there will be; 0 if nobody knows
record ProgressLine(
        long tokens, long items, long expected, long bytes, Duration elapsed, boolean unicode) {

    private static final int SHORTEST_BAR = 8;
    private static final int LONGEST_BAR = 30;

    static ProgressLine of(Progress progress, Duration elapsed, boolean unicode) {
        return new ProgressLine(
                progress.sightings(),
                progress.blobs(),
                progress.expected(),
                progress.bytes(),
                elapsed,
                unicode);
    }

    /// The line, at most `width` characters long.
    String fitting(int width) {
        var line = new StringBuilder();
        add(line, Summary.count(tokens, "token"), width);
        boolean known = expected >= items && expected > 0;
        add(
                line,
                Summary.grouped(items)
                        + (known ? " of " + Summary.grouped(expected) : "")
                        + " items",
                width);
        if (known) {
            add(line, 100 * items / expected + " %", width);
            if (items > 0) {
                add(line, clock(elapsed.toMillis() * (expected - items) / items) + " left", width);
            }
        }
        add(line, Summary.size(bytes), width);
        if (elapsed.toMillis() >= 1000) {
            add(line, Summary.grouped(items * 1000 / elapsed.toMillis()) + "/s", width);
        }
        if (known) {
            int room = Math.min(LONGEST_BAR, width - line.length() - 4);
            if (room >= SHORTEST_BAR) {
                int full = (int) (room * items / expected);
                line.append("  [")
                        .repeat(unicode ? "█" : "#", full)
                        .repeat(' ', room - full)
                        .append(']');
            }
        }
        return line.substring(0, Math.min(line.length(), Math.max(0, width)));
    }

    private static void add(StringBuilder line, String part, int width) {
        String gap = line.isEmpty() ? "" : "  ";
        if (line.length() + gap.length() + part.length() <= width) {
            line.append(gap).append(part);
        }
    }

    /// Such as `1:02:03` or `0:07`.
    private static String clock(long milliseconds) {
        long seconds = (milliseconds + 999) / 1000;
        long hours = seconds / 3600;
        long minutes = seconds / 60 % 60;
        return (hours > 0 ? hours + ":" + two(minutes) : String.valueOf(minutes))
                + ":"
                + two(seconds % 60);
    }

    private static String two(long number) {
        return number < 10 ? "0" + number : String.valueOf(number);
    }
}
