package io.jwtrawl.rules;

import java.util.ArrayList;
import java.util.List;

/// What the detector works with, compiled from the token rules and encodings.
///
/// @param shapes for the shapes of the token rules, in their order
/// @param gaps for the gaps of all encodings, in the order of `gapOrigins`
/// @param gapOrigins for each gap, the encoding that it belongs to and what it reads as
/// @param needles what to look for in blobs, and what else in text that was decoded
public record Detection(
        ShapeAutomaton shapes,
        ShapeAutomaton gaps,
        List<GapOrigin> gapOrigins,
        List<Needle> needles,
        List<Needle> innerNeedles) {

    /// @param encoding the index of an encoding
    /// @param gap the index of one of its gaps
    public record GapOrigin(int encoding, int gap) {

        /// What the gap reads as.
        public Encoding.Reading reading(List<Encoding> encodings) {
            return encodings.get(encoding).gaps().get(gap).reading();
        }
    }

    static Detection compile(List<TokenRule> tokens, List<Encoding> encodings) {
        List<GapOrigin> origins = new ArrayList<>();
        List<String> gaps = new ArrayList<>();
        for (int i = 0; i < encodings.size(); i++) {
            for (int j = 0; j < encodings.get(i).gaps().size(); j++) {
                origins.add(new GapOrigin(i, j));
                gaps.add(encodings.get(i).gaps().get(j).pattern());
            }
        }
        var needles = new NeedleCompiler(tokens, encodings);
        return new Detection(
                ShapeAutomaton.compile(
                        tokens.stream().map(rule -> rule.shape().orElse("")).toList()),
                ShapeAutomaton.compile(gaps),
                List.copyOf(origins),
                needles.outer(),
                needles.inner());
    }
}
