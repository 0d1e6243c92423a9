package io.jwtrawl.reports;

import io.jwtrawl.classify.Rating;
import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.FindingSink;
import io.jwtrawl.finding.Incident;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.rules.Level;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.source.PathText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Writes a summary in Markdown, such as GitHub shows of a workflow (`GITHUB_STEP_SUMMARY`, 1 MiB at most).
///
/// Everything that comes from outside is written so that it can be nothing but text.
public final class MarkdownSink implements FindingSink {

    private static final int MAX_ROWS = 200;
    private static final int MAX_CELL = 400;

    private final OutputStream out;
    private final RuleSet rules;

    /// @param out stays open
    public MarkdownSink(OutputStream out, RuleSet rules) {
        this.out = out;
        this.rules = rules;
    }

    @Override
    public void write(ScanReport report) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        List<TokenInFile> all = TokenInFile.of(report, false);
        writer.write("## JSON Web Tokens\n\n" + counts(all, report) + "\n");
        if (!all.isEmpty()) {
            findings(writer, all);
        }
        if (!report.isComplete()) {
            incidents(writer, report);
        }
        writer.flush();
    }

    private static String counts(List<TokenInFile> all, ScanReport report) {
        String passed =
                report.suppressed().isEmpty()
                        ? ""
                        : " " + report.suppressed().size() + " may stay and are passed over.";
        if (all.isEmpty()) {
            return (report.isComplete()
                            ? "None found."
                            : "None found, but the scan is **incomplete**.")
                    + passed
                    + "\n";
        }
        Map<Level, Integer> counts = new EnumMap<>(Level.class);
        for (TokenInFile one : all) {
            counts.merge(one.worst().classification().rating().level(), 1, Integer::sum);
        }
        Set<String> parts = new LinkedHashSet<>();
        for (Level level : Arrays.asList(Level.values()).reversed()) {
            if (counts.containsKey(level)) {
                parts.add("**" + counts.get(level) + "** " + FindingJson.text(level));
            }
        }
        return String.join(", ", parts) + "." + passed + "\n";
    }

    private void findings(Writer writer, List<TokenInFile> all) throws IOException {
        writer.write("| level | token | where | why | what to do |\n|---|---|---|---|---|\n");
        for (TokenInFile one : all.subList(0, Math.min(MAX_ROWS, all.size()))) {
            Finding shown = one.shown();
            Rating rating = one.worst().classification().rating();
            writer.write(
                    "| "
                            + FindingJson.text(rating.level())
                            + " | "
                            + text(TokenMessage.what(one.worst(), rules))
                            + " | "
                            + text(TokenMessage.where(shown))
                            + (one.isHistoric() ? " (in the history only)" : "")
                            + " | "
                            + text(rating.inWords())
                            + " | "
                            + text(rating.remedy())
                            + " |\n");
        }
        if (all.size() > MAX_ROWS) {
            writer.write("\nand " + (all.size() - MAX_ROWS) + " more, none of them worse\n");
        }
    }

    private static void incidents(Writer writer, ScanReport report) throws IOException {
        writer.write("\n### Not searched\n\n");
        List<Incident> incidents = report.incidents();
        for (Incident incident : incidents.subList(0, Math.min(MAX_ROWS, incidents.size()))) {
            writer.write("- " + text(IncidentText.of(incident)) + "\n");
        }
        if (incidents.size() > MAX_ROWS) {
            writer.write("- and " + (incidents.size() - MAX_ROWS) + " more\n");
        }
        Optional<String> early = report.ending().early();
        if (early.isPresent()) {
            writer.write("- the rest: the scan " + text(early.get()) + "\n");
        }
    }

    /// Letters and digits as they are; whatever Markdown, its links and mentions, or HTML could be made of as a reference to
    /// the character.
    private static String text(String text) {
        String shown = PathText.escape(TokenMessage.shortened(text, MAX_CELL));
        var safe = new StringBuilder(shown.length() + 32);
        shown.codePoints()
                .forEach(character -> {
                    if (Character.isLetterOrDigit(character)
                            || character == ' '
                            || character == ','
                            || character == '-'
                            || character > 0x7f) {
                        safe.appendCodePoint(character);
                    } else {
                        safe.append("&#").append(character).append(';');
                    }
                });
        return safe.toString();
    }
}
