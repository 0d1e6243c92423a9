package io.jwtrawl.cli;

import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.Incident;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.reports.IncidentText;
import io.jwtrawl.rules.Level;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a scan says on standard error when it is over.
final class Summary {

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
        String found =
                tokens == 0
                        ? "no token"
                        : count(tokens, "token")
                                + " at "
                                + count(report.findings().size(), "place")
                                + ": "
                                + levels(counts);
        err.println(
                "jwtrawl: searched "
                        + grouped(statistics.blobs())
                        + " files and objects ("
                        + size(statistics.bytes())
                        + ") in "
                        + tenths(statistics.elapsed().toMillis(), 1000)
                        + " s: "
                        + found);
        if (!report.isComplete() && report.ending().early().isEmpty()) {
            err.println(
                    "jwtrawl: the scan is incomplete: what could not be searched is named above");
        }
    }

    /// Names everything that was not searched.
    ///
    /// @param named whether a report on the same terminal has named it already
    static void writeIncidents(ScanReport report, boolean named, PrintStream err) {
        if (!named) {
            for (Incident incident : report.incidents()) {
                err.println("jwtrawl: " + IncidentText.of(incident));
            }
        }
        report.ending()
                .early()
                .ifPresent(why -> err.println("jwtrawl: the scan is incomplete: it " + why));
    }

    // Java's own formatting of numbers takes longer to start than a small scan to run.

    /// Such as `12.3 MB`, in powers of ten.
    static String size(long bytes) {
        if (bytes < 1000) {
            return bytes + " bytes";
        }
        List<String> units = List.of("kB", "MB", "GB", "TB");
        long unit = 1000;
        int index = 0;
        while (bytes >= unit * 1000 - unit / 20 && index < units.size() - 1) {
            unit *= 1000;
            index++;
        }
        return tenths(bytes, unit) + " " + units.get(index);
    }

    /// Such as `1,234,567`.
    static String grouped(long number) {
        var digits = new StringBuilder(Long.toString(number));
        for (int i = digits.length() - 3; i > 0; i -= 3) {
            digits.insert(i, ',');
        }
        return digits.toString();
    }

    /// `number` in so large a `unit`, with one decimal, rounded.
    private static String tenths(long number, long unit) {
        long tenth = unit / 10;
        long tenths = (number + tenth / 2) / tenth;
        return tenths / 10 + "." + tenths % 10;
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

    /// Such as `1 token` and `1,234 tokens`.
    static String count(long number, String noun) {
        return grouped(number) + " " + noun + (number == 1 ? "" : "s");
    }
}
