package io.jwtrawl.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Lines of text that hold no token.
final class Lines {

    private static final List<String> WORDS =
            List.of(
                    "the", "order", "service", "request", "handled", "in", "user", "cache", "miss",
                    "retry", "queue", "worker", "started", "with", "status", "session", "for");

    private Lines() {}

    /// A line of a log.
    static String log(Random random) {
        return "2026-03-%02dT%02d:%02d:%02d.%03dZ INFO  [worker-%d] %s"
                .formatted(
                        1 + random.nextInt(28),
                        random.nextInt(24),
                        random.nextInt(60),
                        random.nextInt(60),
                        random.nextInt(1000),
                        random.nextInt(16),
                        words(random, 8));
    }

    static String words(Random random, int count) {
        return String.join(" ", random.ints(count, 0, WORDS.size()).mapToObj(WORDS::get).toList());
    }

    /// `text` in pieces of that length, the last perhaps shorter.
    static List<String> pieces(String text, int length) {
        List<String> pieces = new ArrayList<>();
        for (int start = 0; start < text.length(); start += length) {
            pieces.add(text.substring(start, Math.min(text.length(), start + length)));
        }
        return pieces;
    }

    /// `text` wrapped at that column.
    static String wrapped(String text, int column) {
        return String.join("\n", pieces(text, column));
    }
}
