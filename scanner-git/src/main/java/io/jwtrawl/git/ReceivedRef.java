package io.jwtrawl.git;

import io.jwtrawl.git.objects.ObjectId;
import java.util.Optional;

/// One line of what Git tells the `pre-receive` hook of a server: which ref is to be moved.
///
/// @param before what it leads to now; absent if it is new
/// @param after what it shall lead to; absent if it is to be deleted
/// @param name its full name
public record ReceivedRef(Optional<String> before, Optional<String> after, String name) {

    /// Reads `OLD NEW REF`; empty if `line` is anything else.
    public static Optional<ReceivedRef> parse(String line) {
        String[] words = line.strip().split(" ", 3);
        if (words.length != 3 || !ObjectId.isId(words[0]) || !ObjectId.isId(words[1])) {
            return Optional.empty();
        }
        return Optional.of(new ReceivedRef(unlessZero(words[0]), unlessZero(words[1]), words[2]));
    }

    private static Optional<String> unlessZero(String id) {
        return Optional.of(id).filter(digits -> !ObjectId.fromString(digits).isZero());
    }
}
