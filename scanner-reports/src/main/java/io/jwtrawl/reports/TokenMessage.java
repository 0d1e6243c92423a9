package io.jwtrawl.reports;

import io.jwtrawl.classify.Rating;
import io.jwtrawl.finding.Finding;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.source.PathText;
import io.jwtrawl.token.Redaction;

/// What reports for other programs say of a token in a file, in a few sentences; neither a token nor a control character is
/// in it.
final class TokenMessage {

    private static final int MAX_ISSUER = 200;

    private TokenMessage() {}

    static String of(TokenInFile one, RuleSet rules) {
        Rating rating = one.worst().classification().rating();
        return what(one.worst(), rules)
                + ": "
                + rating.inWords()
                + ". "
                + (one.isHistoric() ? "No file has it now, but the history still has. " : "")
                + rating.remedy();
    }

    /// Such as `JSON Web Token eyJhbGciOi… from https://issuer.example (jws)`.
    static String what(Finding finding, RuleSet rules) {
        String issuer =
                new ReportText(finding, rules, false)
                        .issuer()
                        .map(text -> " from " + shortened(PathText.escape(text), MAX_ISSUER))
                        .orElse("");
        return "JSON Web Token "
                + Redaction.of(finding.sighting().token())
                + issuer
                + " ("
                + finding.classification().family()
                + ")";
    }

    /// Where it lies, such as `image.tar!/app.log:12`.
    static String where(Finding finding) {
        return path(finding)
                + (finding.sighting().position().hasLines()
                        ? ":" + finding.sighting().position().line()
                        : "");
    }

    static String path(Finding finding) {
        String path = finding.place().path();
        if (!finding.inner().isEmpty()) {
            path += "!/" + String.join("!/", finding.inner());
        }
        return PathText.escape(Redaction.redact(path));
    }

    static String shortened(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "…";
    }
}
