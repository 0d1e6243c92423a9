package io.jwtrawl.verify;

import java.time.Duration;

/// How much of a server's time, and how much of its answer, is taken.
///
/// @param total for one request, from looking up the name to the last byte
/// @param bytes of an answer
/// @param perSecond requests in a second, all servers together
/// @param issuers how many are asked in one run; the keys of others stay unknown
public record FetchLimits(Duration total, int bytes, int perSecond, int issuers) {

    public static final FetchLimits DEFAULT =
            new FetchLimits(Duration.ofSeconds(10), 1 << 20, 5, 100);
}
