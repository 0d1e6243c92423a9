package io.jwtrawl.reports;

import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.FindingSink;
import io.jwtrawl.finding.Incident;
import io.jwtrawl.finding.Place;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.finding.Sprawl;
import io.jwtrawl.rules.Level;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.source.Authorship;
import io.jwtrawl.source.PathText;
import io.jwtrawl.source.Position;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.token.Redaction;
import io.jwtrawl.token.TokenId;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/// Writes for a person: one paragraph for each token, worst first, with its places and what to do.
public final class TerminalSink implements FindingSink {

    private static final int MAX_PLACES = 5;
    private static final int MAX_ISSUER = 80;
    private static final int SHORT_ID = 10;
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final OutputStream out;
    private final RuleSet rules;
    private final TerminalOptions options;
    private boolean namesRepositories;

    /// @param out stays open
    public TerminalSink(OutputStream out, RuleSet rules, TerminalOptions options) {
        this.out = out;
        this.rules = rules;
        this.options = options;
    }

    @Override
    public void write(ScanReport report) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        Map<TokenId, List<Finding>> byToken = new LinkedHashMap<>();
        for (Finding finding : report.findings()) {
            byToken.computeIfAbsent(finding.sighting().token().id(), _ -> new ArrayList<>())
                    .add(finding);
        }
        namesRepositories =
                report.findings().stream()
                                .flatMap(finding -> finding.place().repository().stream())
                                .distinct()
                                .count()
                        > 1;
        for (List<Finding> sameToken : byToken.values()) {
            token(sameToken, writer);
        }
        if (byToken.isEmpty()) {
            writer.write(
                    report.isComplete()
                            ? "No JSON Web Tokens found.\n"
                            : "No JSON Web Tokens found, but the scan is incomplete.\n\n");
        }
        if (!report.isComplete()) {
            incidents(report, writer);
        }
        writer.flush();
    }

    private void incidents(ScanReport report, Writer writer) throws IOException {
        writer.write(bold("Not searched:") + "\n");
        for (Incident incident : report.incidents()) {
            writer.write("  " + plain(IncidentText.of(incident)) + "\n");
        }
        if (report.ending().early().isPresent()) {
            writer.write("  the rest: the scan " + plain(report.ending().early().get()) + "\n");
        }
    }

    private void token(List<Finding> findings, Writer writer) throws IOException {
        Finding worst = findings.getFirst();
        var classification = worst.classification();
        var rating = classification.rating();
        StringBuilder text = new StringBuilder();
        text.append(level(rating.level()))
                .append("  ")
                .append(bold(classification.family()))
                .append("  ")
                .append(plain(Redaction.of(worst.sighting().token())));
        new ReportText(worst, rules, false)
                .issuer()
                .ifPresent(issuer -> text.append("  from ").append(shortened(issuer)));
        text.append('\n');
        line(text, "why", rating.inWords() + " (score " + rating.score() + ")");
        for (Finding finding : findings.subList(0, Math.min(MAX_PLACES, findings.size()))) {
            line(text, "at", place(finding));
        }
        if (findings.size() > MAX_PLACES) {
            line(text, "", "and " + (findings.size() - MAX_PLACES) + " more places");
        }
        kin(worst.sprawl()).ifPresent(kin -> line(text, "kin", kin));
        line(text, "do", rating.remedy());
        writer.write(text.append('\n').toString());
    }

    /// What else was found of the same issuer, subject, id and key.
    private static Optional<String> kin(Sprawl sprawl) {
        var kin = new StringJoiner("; ");
        sprawl.issuer()
                .filter(TerminalSink::hasOthers)
                .ifPresent(issuer ->
                        kin.add(
                                issuer.tokens()
                                        + " tokens of this issuer in "
                                        + issuer.places()
                                        + (issuer.places() == 1 ? " place" : " places")));
        sprawl.subject()
                .filter(TerminalSink::hasOthers)
                .ifPresent(subject -> kin.add(subject.tokens() + " for this subject"));
        sprawl.key()
                .filter(TerminalSink::hasOthers)
                .ifPresent(key -> kin.add(key.tokens() + " signed with this key"));
        sprawl.jwtId()
                .filter(TerminalSink::hasOthers)
                .ifPresent(id -> kin.add(id.tokens() + " with this id, which should be unique"));
        return kin.length() == 0 ? Optional.empty() : Optional.of(kin.toString());
    }

    private static boolean hasOthers(Sprawl.Kin kin) {
        return kin.tokens() > 1;
    }

    private String place(Finding finding) {
        Place place = finding.place();
        Position position = finding.sighting().position();
        StringBuilder text = new StringBuilder();
        place.repository()
                .map(Path::getFileName)
                .filter(_ -> namesRepositories)
                .ifPresent(name -> text.append(safe(PathText.of(name))).append(": "));
        text.append(safe(place.path()));
        finding.inner().forEach(name -> text.append("!/").append(safe(name)));
        if (position.hasLines()) {
            text.append(':').append(position.line()).append(':').append(position.column());
        } else {
            text.append(" at byte ").append(position.offset());
        }
        place.encoding().forEach(encoding -> text.append(" in ").append(encoding));
        finding.sighting()
                .provenance()
                .removedByLayer()
                .ifPresent(layer -> text.append("  removed by layer ").append(safe(layer)));
        Provenance.Outermost outermost = finding.sighting().provenance().outermost();
        if (outermost instanceof Provenance.CommittedFile file) {
            Provenance.History history = file.history();
            text.append("  ").append(by(history.introduced()));
            text.append(
                    history.inHead()
                            ? ", still in HEAD"
                            : history.removedBy()
                                    .map(id -> ", removed by " + shortId(id))
                                    .orElse(", not in HEAD"));
        } else if (outermost instanceof Provenance.GitMessage message) {
            text.append("  ").append(by(message.authorship()));
        } else if (outermost instanceof Provenance.StagedFile) {
            text.append("  staged");
        }
        return text.toString();
    }

    private String by(Authorship authorship) {
        return "commit "
                + shortId(authorship.commit())
                + authorship.authored().map(when -> " of " + DAY.format(when)).orElse("")
                + " by "
                + safe(authorship.author());
    }

    private static void line(StringBuilder text, String label, String content) {
        text.append(String.format(Locale.ROOT, "  %-4s", label)).append(content).append('\n');
    }

    private String level(Level level) {
        String name = String.format(Locale.ROOT, "%-8s", level.name());
        int colour =
                switch (level) {
                    case CRITICAL -> 95;
                    case HIGH -> 91;
                    case MEDIUM -> 93;
                    case LOW -> 94;
                    case INFO -> 90;
                };
        return options.colour() ? "\u001b[1;" + colour + "m" + name + "\u001b[0m" : name;
    }

    private String bold(String text) {
        return options.colour() ? "\u001b[1m" + text + "\u001b[0m" : text;
    }

    private String shortened(String issuer) {
        String safe = plain(PathText.escape(issuer));
        return safe.length() <= MAX_ISSUER ? safe : safe.substring(0, MAX_ISSUER) + plain("…");
    }

    /// What a token, a path or a commit says never reaches the terminal as it is.
    private String safe(String text) {
        return plain(PathText.escape(Redaction.redact(text)));
    }

    private String plain(String text) {
        return options.unicode() ? text : text.replace("…", "...").replaceAll("[^ -~]", "?");
    }

    private static String shortId(String id) {
        return id.substring(0, Math.min(SHORT_ID, id.length()));
    }
}
