package io.jwtrawl.detect;

import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.rules.TokenRule;
import io.jwtrawl.token.TokenDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The detector in the obvious way: at every offset try every rule with a backtracking engine, longest match first.
final class SlowDetector {

    private SlowDetector() {}

    static List<String> find(byte[] bytes, RuleSet rules) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        List<String> found = new ArrayList<>();
        int position = 0;
        while (position < text.length()) {
            int end = -1;
            for (TokenRule rule : rules.tokens()) {
                Matcher matcher =
                        Pattern.compile(rule.shape()).matcher(text).region(position, text.length());
                if (end < 0
                        && matcher.lookingAt()
                        && TokenDecoder.decode(bytes, position, matcher.end(), rule).isPresent()) {
                    end = matcher.end();
                }
            }
            if (end >= 0) {
                found.add(position + ":" + text.substring(position, end));
                position = end;
            } else {
                position++;
            }
        }
        return found;
    }
}
