package io.jwtrawl.detect;

import io.jwtrawl.rules.TokenRule;

/// Decides about bytes that have the shape of a token.
public interface CandidateSink {

    /// Looks at the bytes `[start, end)` of the window that is being searched, which fit the shape of `rule`.
    ///
    /// @return whether they are a token; if so, the search goes on behind it, else inside it
    boolean accept(int start, int end, TokenRule rule);

    /// Learns that the bytes from `start` on begin like a token that is longer than the window may grow.
    void tooLong(int start);
}
