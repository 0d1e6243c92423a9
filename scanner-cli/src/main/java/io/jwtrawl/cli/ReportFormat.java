package io.jwtrawl.cli;

import java.nio.file.Path;
import java.util.Locale;

/// The formats that a report can have.
enum ReportFormat {
    TERMINAL,
    JSONL,
    SARIF,
    CSV,
    GITLAB,
    JUNIT,
    MARKDOWN;

    /// What GitLab's manual calls the file.
    private static final String GITLAB_FILE = "gl-secret-detection-report.json";

    /// The format that a file's name suggests.
    static ReportFormat of(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".sarif") || name.endsWith(".sarif.json")) {
            return SARIF;
        }
        if (name.equals(GITLAB_FILE)) {
            return GITLAB;
        }
        int dot = name.lastIndexOf('.');
        return switch (dot < 0 ? "" : name.substring(dot)) {
            case ".txt" -> TERMINAL;
            case ".csv" -> CSV;
            case ".xml" -> JUNIT;
            case ".md" -> MARKDOWN;
            default -> JSONL;
        };
    }
}
