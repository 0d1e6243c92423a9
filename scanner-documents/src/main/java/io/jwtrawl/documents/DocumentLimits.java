package io.jwtrawl.documents;

import java.time.Duration;

/// What the reading of one document may cost.
///
/// @param time for how long it is read
/// @param memory the heap of the process that reads it, in bytes
/// @param processes how many documents are read at a time, each in a process of its own
public record DocumentLimits(Duration time, long memory, int processes) {

    /// Two such processes and the scan take less than 512 MiB together.
    public static final DocumentLimits DEFAULT =
            new DocumentLimits(Duration.ofMinutes(1), 96L << 20, 2);
}
