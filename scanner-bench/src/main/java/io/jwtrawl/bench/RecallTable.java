package io.jwtrawl.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What each scanner finds, in Markdown.
final class RecallTable {

    private final List<Planted> planted;

    /// For each scanner, with its version, the files in which it found something.
    private final Map<String, Set<Planted>> hits;

    RecallTable(List<Planted> planted, Map<String, Set<Planted>> hits) {
        this.planted = planted;
        this.hits = hits;
    }

    String markdown() {
        return "Tokens found, by form, in a plain log:\n\n"
                + table(Planted.Table.FORMS, "form")
                + "\nTokens found, by carrier:\n\n"
                + table(Planted.Table.CARRIERS, "carrier")
                + "\nFiles without a token in which something was reported (fewer is better):\n\n"
                + table(Planted.Table.DECOYS, "decoy");
    }

    private String table(Planted.Table table, String heading) {
        Map<String, List<Planted>> rows =
                planted.stream()
                        .filter(file -> file.table() == table)
                        .collect(
                                Collectors.groupingBy(
                                        Planted::row, LinkedHashMap::new, Collectors.toList()));
        var out = new StringBuilder();
        out.append("| ").append(heading).append(" | files |");
        hits.keySet().forEach(name -> out.append(' ').append(name).append(" |"));
        out.append("\n|---|---|").append("---|".repeat(hits.size())).append('\n');
        rows.forEach((row, files) -> out.append(line(label(row, files.getFirst()), files)));
        out.append(
                line("**all**", planted.stream().filter(file -> file.table() == table).toList()));
        return out.toString();
    }

    private static String label(String row, Planted file) {
        String label =
                switch (file.kind()) {
                    case USUAL -> row;
                    case OPT_IN -> row + " (opt-in)";
                    case DAMAGED -> row + " (a piece)";
                };
        return file.isKnownGap() ? label + " (known gap: " + file.gap() + ")" : label;
    }

    private String line(String label, List<Planted> files) {
        var out = new StringBuilder();
        out.append("| ").append(label.replace("|", "\\|")).append(" | ").append(files.size());
        out.append(" |");
        for (Set<Planted> found : hits.values()) {
            out.append(' ').append(files.stream().filter(found::contains).count()).append(" |");
        }
        return out.append('\n').toString();
    }
}
