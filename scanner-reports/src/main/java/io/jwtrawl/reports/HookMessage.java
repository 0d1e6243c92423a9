package io.jwtrawl.reports;

import io.jwtrawl.classify.Exposure;
import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.Place;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.source.PathText;
import io.jwtrawl.source.Position;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.token.Redaction;
import io.jwtrawl.token.TokenId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a Git hook says to whoever is stopped by it: what leaked, where, and the ways out, in at most twelve lines.
public final class HookMessage {

    private static final int MAX_PLACES = 3;
    private static final int MAX_ISSUER = 60;
    private static final int MAX_PATH = 100;
    private static final int SHORT_ID = 10;

    private final RuleSet rules;
    private final boolean unicode;

    /// @param unicode whether characters beyond ASCII can be shown
    public HookMessage(RuleSet rules, boolean unicode) {
        this.rules = rules;
        this.unicode = unicode;
    }

    /// @param report with nothing in it but what stops
    /// @param what is stopped, such as `commit`
    /// @param command that is stopped, such as `git commit`; empty if who reads this cannot let it pass
    /// @param all the command that tells all of it
    public List<String> of(ScanReport report, String what, String command, String all) {
        List<Finding> findings = report.findings();
        Set<TokenId> tokens = new HashSet<>();
        findings.forEach(finding -> tokens.add(finding.sighting().token().id()));
        List<String> lines = new ArrayList<>();
        lines.add(
                "jwtrawl: stopped, because this "
                        + what
                        + " would leak "
                        + (tokens.size() == 1 ? "a token" : tokens.size() + " tokens")
                        + ":");
        int shown = Math.min(MAX_PLACES, findings.size());
        for (Finding finding : findings.subList(0, shown)) {
            lines.add("  " + place(finding));
            lines.add("    " + token(finding));
        }
        if (findings.size() > shown) {
            lines.add("  and " + (findings.size() - shown) + " more places: " + all);
        }
        lines.add("What to do:");
        lines.add(
                "  remove it, read it from the environment or a vault, and revoke it if anybody has seen it;");
        lines.add(
                "  or allow it with a comment on its line: jwtrawl:allow REASON until=2027-01-31");
        if (!command.isEmpty()) {
            lines.add("  or, in an emergency, let this one pass: JWTRAWL_SKIP=1 " + command);
        }
        return lines.stream().map(this::plain).toList();
    }

    private String place(Finding finding) {
        Place place = finding.place();
        Position position = finding.sighting().position();
        var text = new StringBuilder(cut(safe(place.path()), MAX_PATH));
        finding.inner().forEach(name -> text.append("!/").append(cut(safe(name), MAX_PATH)));
        if (position.hasLines()) {
            text.append(':').append(position.line());
        }
        if (finding.sighting().provenance().outermost()
                instanceof Provenance.CommittedFile(_, _, _, var history)) {
            String commit = history.introduced().commit();
            text.append("  in commit ").append(commit, 0, Math.min(SHORT_ID, commit.length()));
        }
        return text.toString();
    }

    private String token(Finding finding) {
        var classification = finding.classification();
        var text = new StringBuilder();
        text.append(classification.rating().level())
                .append(' ')
                .append(classification.family())
                .append(' ')
                .append(Redaction.of(finding.sighting().token()));
        new ReportText(finding, rules, false)
                .issuer()
                .ifPresent(issuer ->
                        text.append(" from ").append(cut(PathText.escape(issuer), MAX_ISSUER)));
        return text.append(", ").append(validity(classification.exposure())).toString();
    }

    private static String validity(Exposure exposure) {
        String until = exposure.expiresAt().map(when -> " " + seconds(when)).orElse("");
        return switch (exposure.state()) {
            case VALID -> "still valid until" + until;
            case EXPIRED -> "expired since" + until;
            case NOT_YET_VALID ->
                    "will be valid from "
                            + exposure.notBefore().map(HookMessage::seconds).orElse("later on");
            case NO_EXPIRY -> "valid for ever";
            case UNREADABLE -> "nobody but its receiver can tell how long it is valid";
        };
    }

    private static String seconds(java.time.Instant instant) {
        return Rfc3339.of(instant);
    }

    /// What a token, a path or a commit says never reaches the terminal as it is.
    private static String safe(String text) {
        return PathText.escape(Redaction.redact(text));
    }

    private static String cut(String text, int limit) {
        return text.length() <= limit ? text : text.substring(0, limit) + "…";
    }

    private String plain(String text) {
        return unicode ? text : text.replace("…", "...").replaceAll("[^ -~]", "?");
    }
}
