package io.jwtrawl.token;

import io.jwtrawl.detect.Candidate;
import io.jwtrawl.rules.TokenRule;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The JSON inside a wrapped token.
final class Body {

    private Body() {}

    /// The JSON object, if it is one with the members that `rule` asks for: the first such behind the text that `rule` says
    /// stands before it.
    static Optional<ObjectNode> of(Candidate candidate, TokenRule.BodyRule rule) {
        byte[] text = candidate.text();
        byte[] before = rule.start().getBytes(StandardCharsets.US_ASCII);
        for (int i = candidate.start(); i + before.length < candidate.end(); i++) {
            if (Arrays.equals(text, i, i + before.length, before, 0, before.length)) {
                Optional<ObjectNode> object = at(candidate, i + before.length, rule);
                if (object.isPresent() || before.length == 0) {
                    return object;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<ObjectNode> at(
            Candidate candidate, int start, TokenRule.BodyRule rule) {
        byte[] text = candidate.text();
        int end = start;
        while (end < candidate.end() && rule.until().indexOf(text[end]) < 0) {
            end++;
        }
        return JsonText.decode(text, start, end)
                .filter(object ->
                        rule.members().stream().allMatch(object::has)
                                && rule.without().stream().noneMatch(object::has));
    }
}
