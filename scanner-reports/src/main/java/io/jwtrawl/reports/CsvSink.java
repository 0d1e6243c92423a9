package io.jwtrawl.reports;

import io.jwtrawl.classify.Classification;
import io.jwtrawl.classify.Exposure;
import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.FindingSink;
import io.jwtrawl.finding.Incident;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.source.PathText;
import io.jwtrawl.source.Position;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.token.Redaction;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes a table as RFC 4180 has it, in UTF-8: a line for each token and place, then one for everything that was not
/// searched.
///
/// A cell that a spreadsheet would take for a formula begins with an apostrophe: a token or a file name may say anything.
public final class CsvSink implements FindingSink {

    private static final List<String> COLUMNS =
            List.of(
                    "record",
                    "level",
                    "score",
                    "family",
                    "token",
                    "token_id",
                    "issuer",
                    "provider",
                    "state",
                    "issued_at",
                    "expires_at",
                    "privilege",
                    "subject_kind",
                    "forgeable",
                    "source",
                    "repository",
                    "path",
                    "line",
                    "column",
                    "context",
                    "commit",
                    "author",
                    "authored",
                    "in_head",
                    "removed_by",
                    "places",
                    "why",
                    "remedy",
                    "fingerprint");

    /// What begins a formula in some spreadsheet, also in the wide forms that some take for it.
    private static final String FORMULA = "=+-@\t\r\n|%\uff1d\uff0b\uff0d\uff20";

    private static final int MAX_CELL = 30_000; // Excel takes 32,767 characters

    private final OutputStream out;
    private final RuleSet rules;

    /// @param out stays open
    public CsvSink(OutputStream out, RuleSet rules) {
        this.out = out;
        this.rules = rules;
    }

    @Override
    public void write(ScanReport report) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        row(writer, COLUMNS);
        for (Finding finding : report.findings()) {
            row(writer, cells(finding));
        }
        for (Incident incident : report.incidents()) {
            row(
                    writer,
                    notSearched(
                            IncidentText.kind(incident),
                            IncidentText.place(incident),
                            Redaction.redact(incident.what())));
        }
        Optional<String> early = report.ending().early();
        if (early.isPresent()) {
            row(writer, notSearched("stopped", "", "the scan " + early.get()));
        }
        writer.flush();
    }

    private List<String> cells(Finding finding) {
        Classification classification = finding.classification();
        Exposure exposure = classification.exposure();
        Position position = finding.sighting().position();
        List<String> cells = new ArrayList<>(COLUMNS.size());
        cells.add("finding");
        cells.add(FindingJson.text(classification.rating().level()));
        cells.add(String.valueOf(classification.rating().score()));
        cells.add(classification.family());
        cells.add(Redaction.of(finding.sighting().token()));
        cells.add(finding.sighting().token().id().hex());
        cells.add(new ReportText(finding, rules, false).issuer().orElse(""));
        cells.add(exposure.provider().orElse(""));
        cells.add(FindingJson.text(exposure.state()));
        cells.add(exposure.issuedAt().map(Rfc3339::of).orElse(""));
        cells.add(exposure.expiresAt().map(Rfc3339::of).orElse(""));
        cells.add(FindingJson.text(exposure.privilege()));
        cells.add(FindingJson.text(exposure.subjectKind()));
        cells.add(FindingJson.text(exposure.forgeable()));
        cells.add(finding.place().source());
        cells.add(finding.place().repository().map(PathText::of).orElse(""));
        cells.add(TokenMessage.path(finding));
        cells.add(position.hasLines() ? String.valueOf(position.line()) : "");
        cells.add(position.hasLines() ? String.valueOf(position.column()) : "");
        cells.add(FindingJson.text(classification.context()));
        history(finding, cells);
        cells.add(String.valueOf(finding.sprawl().places()));
        cells.add(classification.rating().inWords());
        cells.add(classification.rating().remedy());
        cells.add(finding.fingerprint().hex());
        return cells;
    }

    private static void history(Finding finding, List<String> cells) {
        if (finding.sighting().provenance().outermost() instanceof Provenance.CommittedFile file) {
            Provenance.History history = file.history();
            cells.add(history.introduced().commit());
            cells.add(Redaction.redact(history.introduced().author()));
            cells.add(history.introduced().authored().map(Rfc3339::of).orElse(""));
            cells.add(String.valueOf(history.inHead()));
            cells.add(history.removedBy().orElse(""));
        } else {
            cells.addAll(List.of("", "", "", "", ""));
        }
    }

    private static List<String> notSearched(String kind, String place, String what) {
        List<String> cells = new ArrayList<>();
        for (String column : COLUMNS) {
            cells.add(
                    switch (column) {
                        case "record" -> kind;
                        case "path" -> place;
                        case "why" -> what;
                        default -> "";
                    });
        }
        return cells;
    }

    private static void row(Writer writer, List<String> cells) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            writer.write(i == 0 ? "\"" : ",\"");
            writer.write(cell(cells.get(i)).replace("\"", "\"\""));
            writer.write('"');
        }
        writer.write("\r\n");
    }

    private static String cell(String text) {
        String safe = TokenMessage.shortened(PathText.escape(text), MAX_CELL);
        // Spreadsheets pass over spaces before a formula.
        String first = safe.stripLeading();
        return !first.isEmpty() && FORMULA.indexOf(first.charAt(0)) >= 0 ? "'" + safe : safe;
    }
}
