package io.jwtrawl.detect;

/// Decides about bytes that have the shape of a token.
public interface CandidateSink {

    /// What a candidate turned out to be, in rising order.
    enum Verdict {
        /// Its header is not what its rule asks for; no other end will change that.
        NO_HEADER,
        /// With this end it is no token.
        NOT_A_TOKEN,
        /// It is a piece of a token.
        PARTIAL,
        /// It is a token whose signature does not fit its algorithm.
        MISFIT,
        /// It is a token.
        TOKEN,
        /// It is a token whose signature is known to be exactly as long as its algorithm makes it.
        FITTING_TOKEN,
        /// It is one, and its payload is JSON, which tells of two readings of an interrupted token the right one.
        READABLE_TOKEN
    }

    /// Looks at a candidate, and remembers nothing.
    Verdict judge(Candidate candidate);

    /// Takes a candidate that was judged to be a token, or a piece of one.
    void take(Candidate candidate);

    /// Looks whether a JSON serialization of a token (RFC 7515, section 7.2; RFC 7516, section 7.2) has one of its values
    /// at `start`, and takes it if so.
    ///
    /// @param from where to look for its beginning, and `to` for its end
    /// @param more whether [#OPEN] leads to another look with more bytes; if not, what is there must do
    /// @return where it ends; [#OPEN] if it does not end before `to`; [#NONE] if there is none
    int json(Layer layer, int from, int start, int to, boolean more);

    int NONE = -1;
    int OPEN = -2;

    /// Learns that what begins like a token at `start` is longer than is looked at.
    void tooLong(Layer layer, int start);

    /// Learns that a blob decodes to more than is looked at.
    void tooMuch(Layer layer, int start);
}
