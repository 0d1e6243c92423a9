package io.jwtrawl.source;

import java.time.Duration;

/// What bounds the opening of one container, with all that lies in it.
///
/// @param depth how many containers inside one another are opened
/// @param entries how many members are looked at
/// @param ratio how many times its own size a container may expand to, once that is more than [#FREE]
/// @param bytes how many bytes it may expand to
/// @param time for how long it is unpacked
/// @param memory how many bytes of memory one decoder may take
public record ExpansionLimits(
        int depth, long entries, long ratio, long bytes, Duration time, long memory) {

    /// So much may come out of a container whatever its size: what compresses well is not yet meant to harm.
    public static final long FREE = 64L << 20;

    /// Nothing legitimate comes near these.
    public static final ExpansionLimits DEFAULT =
            new ExpansionLimits(8, 1_000_000, 300, 64L << 30, Duration.ofMinutes(10), 128L << 20);
}
