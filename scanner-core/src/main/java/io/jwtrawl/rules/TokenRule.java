package io.jwtrawl.rules;

import java.util.List;

/// One kind of token, as a file under `rules/tokens` describes it.
///
/// @param anchor the ASCII bytes that every such token begins with; the prefilter looks for them
/// @param shape the whole token as a regular expression over ASCII, in the syntax of Lucene's `RegExp`
/// @param header what the decoded header must hold
/// @param signature what the last part must be like, to tell a signature from a placeholder
/// @param examples texts that hold exactly one token of this kind
/// @param nonExamples texts that hold none
public record TokenRule(
        String id,
        String title,
        TokenForm form,
        String source,
        String anchor,
        String shape,
        HeaderRule header,
        SignatureRule signature,
        List<String> examples,
        List<String> nonExamples) {

    /// @param members names that must be there, each with a string value
    /// @param without names that must not be there
    /// @param alg if not empty, the only values of `alg` that fit, compared without regard to ASCII case
    /// @param notAlg values of `alg` that do not fit, compared likewise
    /// @param maxLength the longest encoded header, in bytes; anything longer is some other base64 text
    public record HeaderRule(
            List<String> members,
            List<String> without,
            List<String> alg,
            List<String> notAlg,
            int maxLength) {}

    /// @param minLength in encoded characters
    /// @param minEntropy Shannon entropy of the encoded characters, in bits per character
    public record SignatureRule(int minLength, double minEntropy) {}
}
