package io.jwtrawl.cli;

import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.Incident;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.rules.Level;
import io.jwtrawl.token.Redaction;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a scan says on standard error when it is over.
final class Summary {

    private static final int MAX_INCIDENTS = 200;

    private Summary() {}

    static void write(ScanReport report, PrintStream err) {
        Map<Level, Integer> counts = new EnumMap<>(Level.class);
        for (Finding finding : report.findings()) {
            counts.merge(finding.classification().rating().level(), 1, Integer::sum);
        }
        long tokens =
                report.findings().stream()
                        .map(finding -> finding.sighting().token().id())
                        .distinct()
                        .count();
        ScanReport.Statistics statistics = report.statistics();
        err.printf(
                Locale.ROOT,
                "jwtrawl: searched %,d files and objects (%s) in %.1f s: %s%n",
                statistics.blobs(),
                size(statistics.bytes()),
                statistics.elapsed().toMillis() / 1000.0,
                tokens == 0
                        ? "no token"
                        : count(tokens, "token")
                                + " at "
                                + count(report.findings().size(), "place")
                                + ": "
                                + levels(counts));
        if (!report.isComplete()) {
            err.println(
                    "jwtrawl: the scan is incomplete: "
                            + (report.interrupted()
                                    ? "it was stopped before the end"
                                    : "what could not be searched is named above"));
        }
    }

    static void writeIncidents(ScanReport report, PrintStream err) {
        report.incidents().stream()
                .limit(MAX_INCIDENTS)
                .forEach(incident -> {
                    String kind =
                            switch (incident) {
                                case Incident.Unreadable _ -> "cannot read ";
                                case Incident.Skipped _ -> "left out ";
                            };
                    err.println(
                            Redaction.redact(
                                    "jwtrawl: "
                                            + kind
                                            + incident.where().display()
                                            + ": "
                                            + incident.what()));
                });
        int more = report.incidents().size() - MAX_INCIDENTS;
        if (more > 0) {
            err.println(
                    "jwtrawl: and " + more + " more like these; a SARIF report names all of them");
        }
    }

    /// Such as `12.3 MB`, in powers of ten.
    static String size(long bytes) {
        String[] units = {"kB", "MB", "GB", "TB"};
        if (bytes < 1000) {
            return bytes + " bytes";
        }
        double size = bytes;
        int unit = -1;
        while (size >= 999.95 && unit < units.length - 1) {
            size /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", size, units[unit]);
    }

    private static String levels(Map<Level, Integer> counts) {
        List<String> parts = new ArrayList<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.reverseOrder()))
                .forEach(entry ->
                        parts.add(
                                entry.getValue()
                                        + " "
                                        + entry.getKey().name().toLowerCase(Locale.ROOT)));
        return String.join(", ", parts);
    }

    private static String count(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }
}
