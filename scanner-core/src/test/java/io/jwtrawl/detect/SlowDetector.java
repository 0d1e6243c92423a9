package io.jwtrawl.detect;

import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.rules.TokenRule;
import io.jwtrawl.token.TokenReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The detector of plain tokens in the obvious way: at every offset try every rule with a backtracking engine, and take
/// the best.
final class SlowDetector {

    private SlowDetector() {}

    static List<String> find(byte[] bytes, RuleSet rules) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        var reader = new TokenReader(rules.algorithms());
        List<String> found = new ArrayList<>();
        int position = 0;
        while (position < text.length()) {
            Optional<Candidate> best = best(bytes, text, position, rules, reader);
            if (best.isPresent()) {
                int end = best.get().end();
                found.add(
                        best.get().rule().id()
                                + " "
                                + position
                                + ":"
                                + text.substring(position, end));
                position = end;
            } else {
                position++;
            }
        }
        return found;
    }

    private static Optional<Candidate> best(
            byte[] bytes, String text, int start, RuleSet rules, TokenReader reader) {
        Optional<Candidate> best = Optional.empty();
        CandidateSink.Verdict bestVerdict = CandidateSink.Verdict.NOT_A_TOKEN;
        for (TokenRule rule : rules.tokens()) {
            if (rule.shape().isEmpty() || !mayBegin(text, start, rule)) {
                continue;
            }
            Matcher matcher =
                    Pattern.compile(rule.shape().get()).matcher(text).region(start, text.length());
            if (!matcher.lookingAt()) {
                continue;
            }
            Candidate candidate = Candidate.direct(Layer.of(bytes), start, matcher.end(), rule);
            CandidateSink.Verdict verdict = reader.judge(candidate);
            int order = verdict.compareTo(bestVerdict);
            if (order > 0
                    || (order == 0 && best.isPresent() && candidate.end() > best.get().end())) {
                bestVerdict = verdict;
                best = Optional.of(candidate);
            }
        }
        return best;
    }

    /// Whether a rule's anchor stands at `start`, or the run of base64 there ends where a payload begins.
    private static boolean mayBegin(String text, int start, TokenRule rule) {
        if (rule.anchors().stream()
                .map(anchor -> Pattern.compile(anchor.replaceAll("[.|]", "\\\\$0")))
                .anyMatch(
                        anchor -> anchor.matcher(text).region(start, text.length()).lookingAt())) {
            return true;
        }
        if (start > 0 && isBase64(text.charAt(start - 1))) {
            return false;
        }
        int end = start;
        while (end < text.length() && isBase64(text.charAt(end))) {
            end++;
        }
        int dot = end;
        return end > start
                && rule.innerAnchors().stream().anyMatch(anchor -> text.startsWith(anchor, dot));
    }

    private static boolean isBase64(char c) {
        return "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/".indexOf(c) >= 0;
    }
}
