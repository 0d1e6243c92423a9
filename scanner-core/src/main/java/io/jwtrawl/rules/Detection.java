package io.jwtrawl.rules;

import java.util.ArrayList;
import java.util.List;

/// What the detector looks with at what the needles found, compiled from the token rules and encodings.
///
/// @param shapes for the shapes of the token rules, in their order
/// @param gaps for the gaps of all encodings, in the order of `gapOrigins`
/// @param gapOrigins for each gap, the encoding that it belongs to and what it reads as
/// @param innerNeedles what to look for in text that was decoded, besides the needles for blobs
public record Detection(
        ShapeAutomaton shapes,
        ShapeAutomaton gaps,
        List<GapOrigin> gapOrigins,
        List<Needle> innerNeedles) {

    /// @param encoding the index of an encoding
    /// @param gap the index of one of its gaps
    public record GapOrigin(int encoding, int gap) {

        /// What the gap reads as.
        public Encoding.Reading reading(List<Encoding> encodings) {
            return encodings.get(encoding).gaps().get(gap).reading();
        }
    }

    /// @param needles asked for those for blobs before
    static Detection compile(
            List<TokenRule> tokens, List<Encoding> encodings, NeedleCompiler needles) {
        List<GapOrigin> origins = new ArrayList<>();
        List<String> gaps = new ArrayList<>();
        for (int i = 0; i < encodings.size(); i++) {
            for (int j = 0; j < encodings.get(i).gaps().size(); j++) {
                origins.add(new GapOrigin(i, j));
                gaps.add(encodings.get(i).gaps().get(j).pattern());
            }
        }
        return new Detection(
                ShapeAutomaton.compile(
                        tokens.stream().map(rule -> rule.shape().orElse("")).toList()),
                ShapeAutomaton.compile(gaps),
                List.copyOf(origins),
                needles.inner());
    }
}
