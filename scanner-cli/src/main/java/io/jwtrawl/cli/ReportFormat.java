package io.jwtrawl.cli;

import java.nio.file.Path;
import java.util.Locale;

/// The formats that a report can have.
enum ReportFormat {
    TERMINAL,
    JSONL,
    SARIF;

    /// The format that a file's name suggests.
    static ReportFormat of(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(".sarif") || name.endsWith(".sarif.json")
                ? SARIF
                : name.endsWith(".txt") ? TERMINAL : JSONL;
    }
}
