package io.jwtrawl.detect;

/// Undoes one encoding.
interface Decoder {

    /// So far before a needle encoded text is looked at, for what a token may follow there.
    int LOOK_BEHIND = 8 * 1024;

    /// Decodes the text around a needle.
    ///
    /// @param in the bytes, and where in them to look
    /// @param needle where the needle begins
    /// @param begin where decoding must begin for the needle to come out right
    /// @return whether there is anything worth a search
    boolean decode(Span in, int needle, int begin, Decoding out);

    /// How many bytes stand for each byte that they decode to, if all of them do so alike: text in another character
    /// encoding is read as text, and has its tokens where they stand. Else 0.
    default int unit() {
        return 0;
    }

    /// Bytes to decode in.
    ///
    /// @param from the first that may be looked at
    /// @param to the end of what may be looked at
    /// @param limit where to stop decoding
    /// @param last whether the input ends at `to`
    @SuppressWarnings("ArrayRecordComponent") // lent, never compared
    record Span(byte[] bytes, int from, int to, int limit, boolean last) {

        /// What is left behind `position`, at which decoding stopped because it reached `limit`.
        Decoding.Rest rest() {
            return limit < to
                    ? Decoding.Rest.AT_HAND
                    : last ? Decoding.Rest.NONE : Decoding.Rest.TO_BE_READ;
        }
    }
}
