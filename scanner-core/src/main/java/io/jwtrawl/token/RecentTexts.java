package io.jwtrawl.token;

import io.jwtrawl.detect.CandidateSink.Verdict;
import io.jwtrawl.rules.TokenRule;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What texts were judged to be lately: the versions of a file mostly hold the same tokens. Each text has one place, which
/// the next one that falls there takes.
final class RecentTexts {

    private static final int PLACES = 1024;

    /// Longer ones are judged anew each time.
    private static final int MAX_LENGTH = 2048;

    private static final int SAMPLE = 8;

    private final @Nullable Known[] places = new Known[PLACES];

    /// A text, and what is known of it as a token of one kind.
    static final class Known {
        private final TokenRule rule;
        private final byte[] text;
        final Verdict verdict;
        @Nullable Token token;

        private Known(TokenRule rule, byte[] text, Verdict verdict) {
            this.rule = rule;
            this.text = text;
            this.verdict = verdict;
        }
    }

    /// What is known of `text[start, end)`, or null.
    @Nullable Known find(TokenRule rule, byte[] text, int start, int end) {
        Known known = places[place(rule, text, start, end)];
        return known != null
                        && known.rule.id().equals(rule.id())
                        && Arrays.equals(known.text, 0, known.text.length, text, start, end)
                ? known
                : null;
    }

    void note(TokenRule rule, byte[] text, int start, int end, Verdict verdict) {
        if (end - start <= MAX_LENGTH) {
            places[place(rule, text, start, end)] =
                    new Known(rule, Arrays.copyOfRange(text, start, end), verdict);
        }
    }

    /// The end of a text tells most: there the signature is.
    private static int place(TokenRule rule, byte[] text, int start, int end) {
        int hash = 31 * rule.id().hashCode() + end - start;
        for (int i = Math.max(start, end - SAMPLE); i < end; i++) {
            hash = 31 * hash + text[i];
        }
        return (hash ^ (hash >>> 16)) & (PLACES - 1);
    }
}
