package io.jwtrawl.reports;

import io.jwtrawl.classify.Durations;
import io.jwtrawl.classify.Exposure;
import io.jwtrawl.classify.Grant;
import io.jwtrawl.classify.Rating;
import io.jwtrawl.classify.Reason;
import io.jwtrawl.finding.Finding;
import io.jwtrawl.rules.Provider;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.rules.TokenFamily;
import io.jwtrawl.rules.UsualLifetime;
import io.jwtrawl.source.PathText;
import io.jwtrawl.token.Redaction;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/// Everything about one token, for a person who has to decide what to do.
public final class TokenExplanation {

    private static final int MAX_SCOPES = 20;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final StringBuilder text = new StringBuilder();

    private TokenExplanation() {}

    /// @param now the instant at which the token was judged
    /// @param showPersonalData whether claims that speak of a person are shown
    public static String of(Finding finding, RuleSet rules, Instant now, boolean showPersonalData) {
        var explanation = new TokenExplanation();
        explanation.explain(finding, new ReportText(finding, rules, showPersonalData), rules, now);
        return explanation.text.toString();
    }

    private void explain(Finding finding, ReportText said, RuleSet rules, Instant now) {
        Exposure exposure = finding.classification().exposure();
        Rating rating = finding.classification().rating();
        line(
                "token",
                Redaction.of(finding.sighting().token())
                        + "  sha256 "
                        + finding.sighting().token().id().hex());
        line(
                "kind",
                finding.classification().family()
                        + exposure.provider().map(id -> " of " + id).orElse(""));
        line("header", decoded(finding, said, true));
        line("claims", decoded(finding, said, false));
        line("use", FindingJson.text(exposure.kind()));
        line("issued", moment(exposure.issuedAt(), now));
        line("expires", moment(exposure.expiresAt(), now));
        line(
                "lifetime",
                exposure.lifetime().map(Durations::inWords).orElse("unknown")
                        + usual(finding.classification().family(), rules));
        line("state", FindingJson.text(exposure.state()));
        lines("timeline", Timeline.of(exposure, now));
        line("issuer", said.issuer().map(PathText::escape).orElse("does not say"));
        line(
                "audience",
                exposure.audience().isEmpty()
                        ? "anyone"
                        : PathText.escape(String.join(", ", said.audience())));
        lines("scopes", scopes(exposure, said));
        line("privilege", FindingJson.text(exposure.privilege()));
        line(
                "subject",
                FindingJson.text(exposure.subjectKind())
                        + (exposure.subjectEvidence().isEmpty()
                                ? ""
                                : ", by " + String.join(", ", exposure.subjectEvidence())));
        line("forgeable", FindingJson.text(exposure.forgeable()));
        line(
                "rating",
                FindingJson.text(rating.level()).toUpperCase(Locale.ROOT)
                        + ", score "
                        + rating.score());
        for (Reason reason : rating.reasons()) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "    %+4d  %-20s %s%n",
                            reason.points(),
                            reason.code().text(),
                            reason.text()));
        }
        if (!rating.standards().isEmpty()) {
            line("standards", String.join(", ", rating.standards()));
        }
        line("do", rating.remedy());
    }

    /// How long tokens of a family usually work, in brackets.
    private static String usual(String family, RuleSet rules) {
        for (Provider provider : rules.providers()) {
            for (TokenFamily known : provider.families()) {
                if (known.id().equals(family)) {
                    UsualLifetime lifetime = known.lifetime();
                    return switch (lifetime.usual()) {
                        case UsualLifetime.UNLIMITED -> " (usually unlimited)";
                        case UsualLifetime.CHOSEN -> " (whoever makes one chooses)";
                        case UsualLifetime.UNKNOWN -> "";
                        default ->
                                lifetime.duration()
                                        .map(usual -> " (usually " + Durations.inWords(usual) + ")")
                                        .orElse("");
                    };
                }
            }
        }
        return "";
    }

    private void line(String label, String content) {
        text.append(String.format(Locale.ROOT, "%-10s %s%n", label, content));
    }

    /// Nothing, or one line and further ones below it.
    private void lines(String label, List<String> content) {
        for (int i = 0; i < content.size(); i++) {
            line(i == 0 ? label : "", content.get(i));
        }
    }

    /// Each with the claim that says so and what it lets its bearer do.
    private static List<String> scopes(Exposure exposure, ReportText said) {
        List<String> scopes = said.scopes();
        if (scopes.isEmpty()) {
            return List.of("does not say");
        }
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < Math.min(scopes.size(), MAX_SCOPES); i++) {
            Grant grant = exposure.grants().get(i);
            lines.add(
                    PathText.escape(scopes.get(i))
                            + "  ("
                            + FindingJson.text(grant.privilege())
                            + ", by "
                            + PathText.escape(said.of(grant.claim()))
                            + ")");
        }
        if (scopes.size() > MAX_SCOPES) {
            lines.add("and " + (exposure.grants().size() - MAX_SCOPES) + " more");
        }
        return lines;
    }

    private static String moment(Optional<Instant> moment, Instant now) {
        return moment.map(when -> FindingJson.rfc3339(when) + "  " + Timeline.distance(when, now))
                .orElse("does not say");
    }

    private static String decoded(Finding finding, ReportText said, boolean header) {
        var token = finding.sighting().token();
        if (!header && token.claims().isEmpty()) {
            return "cannot be read";
        }
        var written = new StringWriter();
        int leftOut;
        try (JsonGenerator out = JSON.writerWithDefaultPrettyPrinter().createGenerator(written)) {
            leftOut =
                    FindingJson.writeDecoded(
                            out,
                            finding,
                            said,
                            header ? token.header() : token.claims().orElseThrow().all());
        }
        // A line break within the JSON is its own; those of values are escaped by JSON.
        StringBuilder lines = new StringBuilder();
        written.toString()
                .lines()
                .forEach(line -> lines.append(PathText.escape(line)).append("\n           "));
        if (leftOut > 0) {
            lines.append("and ").append(leftOut).append(" more, which --show-tokens shows");
        }
        return lines.toString().strip();
    }
}
