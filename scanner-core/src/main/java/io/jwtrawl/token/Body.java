package io.jwtrawl.token;

import io.jwtrawl.detect.Candidate;
import io.jwtrawl.rules.TokenRule;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The JSON inside a wrapped token.
final class Body {

    private Body() {}

    /// The JSON object, if it is one with the members that `rule` asks for.
    static Optional<ObjectNode> of(Candidate candidate, TokenRule.BodyRule rule) {
        byte[] text = candidate.text();
        int start = behind(text, candidate.start(), candidate.end(), rule.start());
        int end = start;
        while (end < candidate.end() && rule.until().indexOf(text[end]) < 0) {
            end++;
        }
        return JsonText.decode(text, start, end)
                .filter(object -> rule.members().stream().allMatch(object::has));
    }

    private static int behind(byte[] text, int from, int to, String start) {
        byte[] wanted = start.getBytes(StandardCharsets.US_ASCII);
        for (int i = from; i + wanted.length <= to; i++) {
            if (java.util.Arrays.equals(text, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i + wanted.length;
            }
        }
        return to;
    }
}
