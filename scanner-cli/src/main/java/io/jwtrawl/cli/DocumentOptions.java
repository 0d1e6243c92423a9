package io.jwtrawl.cli;

import static io.jwtrawl.cli.OptionValues.flag;
import static io.jwtrawl.cli.OptionValues.option;

import io.jwtrawl.documents.DocumentLimits;
import java.time.Duration;
import java.util.List;
import org.apache.commons.cli.Options;

/// The options that say whether and how documents are opened.
final class DocumentOptions {

    static final String NO_DOCUMENTS = "no-documents";

    private static final String MAX_DOCUMENT_TIME = "max-document-time";
    private static final String MAX_DOCUMENT_MEMORY = "max-document-memory";
    private static final String DOCUMENT_PROCESSES = "document-processes";

    private static final DocumentLimits DEFAULT = DocumentLimits.DEFAULT;
    private static final long LEAST_MEMORY = 32L << 20;
    private static final long MOST_MEMORY = 31L << 30;
    private static final int MOST_PROCESSES = 64;

    private DocumentOptions() {}

    static void addTo(Options options) {
        List.of(
                        flag(
                                NO_DOCUMENTS,
                                "Do not read documents and mail as such; they are searched as they are, and office"
                                        + " documents opened as the ZIP files that they are."),
                        option(
                                MAX_DOCUMENT_TIME,
                                "DURATION",
                                "Give up a document that takes longer to be read. Default: 60s."),
                        option(
                                MAX_DOCUMENT_MEMORY,
                                "SIZE",
                                "Give up a document that needs a larger heap. Default: 96m."),
                        option(
                                DOCUMENT_PROCESSES,
                                "N",
                                "Read up to N documents at a time, each in a process of its own. Default: 2."))
                .forEach(options::addOption);
    }

    static DocumentLimits read(OptionValues values, int threads) {
        Duration time = values.duration(MAX_DOCUMENT_TIME).orElse(DEFAULT.time());
        if (time.isZero()) {
            throw new UsageException("--" + MAX_DOCUMENT_TIME + ": a duration such as 90s or 10m");
        }
        long memory = values.size(MAX_DOCUMENT_MEMORY).orElse(DEFAULT.memory());
        if (memory < LEAST_MEMORY || memory > MOST_MEMORY) {
            throw new UsageException("--" + MAX_DOCUMENT_MEMORY + ": a size from 32m to 31g");
        }
        int processes =
                values.number(DOCUMENT_PROCESSES).orElse(Math.min(DEFAULT.processes(), threads));
        if (processes < 1 || processes > MOST_PROCESSES) {
            throw new UsageException(
                    "--" + DOCUMENT_PROCESSES + ": a number from 1 to " + MOST_PROCESSES);
        }
        return new DocumentLimits(time, memory, processes);
    }
}
