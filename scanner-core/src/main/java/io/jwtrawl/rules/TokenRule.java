package io.jwtrawl.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One kind of token, as a file under `rules/tokens` describes it.
///
/// @param form the serialization
/// @param family what its tokens are called, unless an issuer's family knows better; the rule's id if absent
/// @param partial whether these are only pieces of tokens, which are told but never rated as whole ones
/// @param anchors ASCII texts one of which every such token begins with; the prefilter looks for them
/// @param innerAnchors texts that stand inside many such tokens, behind the header, to find those that begin otherwise
/// @param shape the whole token as a regular expression over ASCII, in the syntax of Lucene's `RegExp`; a JSON
///     serialization has none
/// @param header what the decoded JOSE header must hold; a wrapped token has none
/// @param signature what the last part must be like, to tell a signature from a placeholder
/// @param body for a wrapped token, where its JSON stands and what that holds
/// @param examples texts that hold exactly one token of this kind
/// @param nonExamples texts that hold none
public record TokenRule(
        String id,
        String title,
        TokenForm form,
        Optional<String> family,
        boolean partial,
        String source,
        List<String> anchors,
        List<String> innerAnchors,
        Optional<String> shape,
        Optional<HeaderRule> header,
        SignatureRule signature,
        Optional<BodyRule> body,
        List<String> examples,
        List<String> nonExamples) {

    public TokenRule {
        if (header.isPresent() == body.isPresent()) {
            throw new IllegalArgumentException("needs either a header or a body");
        }
    }

    /// The texts that stand before a `eyJ` in the anchors, where something does: found with that, they need not be looked
    /// for themselves.
    public List<String> prefixes() {
        if (header.isPresent()) {
            return List.of();
        }
        List<String> prefixes = new ArrayList<>();
        for (String anchor : anchors) {
            int length = anchor.indexOf(NeedleCompiler.USUAL_ANCHOR);
            if (length > 0) {
                prefixes.add(anchor.substring(0, length));
            }
        }
        return prefixes;
    }

    /// What its tokens are called in reports, unless an issuer's family knows better.
    public String familyId() {
        return family.orElse(id);
    }

    /// @param members names that must be there, each with a string value
    /// @param without names that must not be there
    /// @param alg if not empty, the only values of `alg` that fit, compared without regard to ASCII case
    /// @param notAlg values of `alg` that do not fit, compared likewise
    /// @param having members that must be there with these values, as text
    /// @param registered whether `alg` must be one of the IANA registry, and `enc` where there is one
    /// @param maxLength the longest encoded header, in bytes; anything longer is some other base64 text
    public record HeaderRule(
            List<String> members,
            List<String> without,
            List<String> alg,
            List<String> notAlg,
            Map<String, String> having,
            boolean registered,
            int maxLength) {}

    /// @param minLength in encoded characters
    /// @param minEntropy Shannon entropy of the encoded characters, in bits per character
    /// @param mustFit whether only a length that fits the algorithm will do
    public record SignatureRule(int minLength, double minEntropy, boolean mustFit) {}

    /// @param start the text right behind which the JSON begins
    /// @param until the characters one of which ends it, if it does not end the token
    /// @param members names that the JSON object must hold
    /// @param without names that it must not hold
    /// @param shown members whose values are no secret; all others are hashed in reports
    public record BodyRule(
            String start,
            String until,
            List<String> members,
            List<String> without,
            List<String> shown) {}
}
