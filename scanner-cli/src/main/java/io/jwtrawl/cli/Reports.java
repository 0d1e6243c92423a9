package io.jwtrawl.cli;

import io.jwtrawl.finding.FindingSink;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.git.RepositoryInfo;
import io.jwtrawl.reports.JsonLinesSink;
import io.jwtrawl.reports.SarifSink;
import io.jwtrawl.reports.TerminalOptions;
import io.jwtrawl.reports.TerminalSink;
import io.jwtrawl.reports.VersionControl;
import io.jwtrawl.rules.RuleSet;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The reports that one run writes, and where to.
///
/// Files are opened before the scan, so that a wrong path costs no waiting.
final class Reports implements AutoCloseable {

    /// @param shown whether a person reads it as it is written
    private record Destination(ReportFormat format, OutputStream out, boolean shown) {}

    private final List<Destination> destinations = new ArrayList<>();
    private final ScanOptions options;
    private final Terminal terminal;
    private final RuleSet rules;
    private final Optional<Path> root;

    private Reports(ScanOptions options, Terminal terminal, RuleSet rules, Optional<Path> root) {
        this.options = options;
        this.terminal = terminal;
        this.rules = rules;
        this.root = root;
    }

    static Reports open(ScanOptions options, Terminal terminal, RuleSet rules, Optional<Path> root)
            throws IOException {
        var reports = new Reports(options, terminal, rules, root);
        List<ScanOptions.Output> outputs = options.outputs();
        if (outputs.stream().filter(output -> output.file().isEmpty()).count() > 1) {
            throw new UsageException(
                    "only one report can go to standard output: give the others an --output");
        }
        try {
            for (ScanOptions.Output output : outputs) {
                reports.destinations.add(reports.destination(output));
            }
            return reports;
        } catch (IOException | RuntimeException e) {
            reports.close();
            throw e;
        }
    }

    private Destination destination(ScanOptions.Output output) throws IOException {
        if (output.file().isEmpty()) {
            ReportFormat usual =
                    terminal.outIsTerminal() ? ReportFormat.TERMINAL : ReportFormat.JSONL;
            return new Destination(
                    output.format().orElse(usual),
                    new BufferedOutputStream(new StandardOutput()),
                    terminal.outIsTerminal());
        }
        Path file = output.file().get();
        return new Destination(
                output.format().orElseGet(() -> ReportFormat.of(file)),
                new BufferedOutputStream(new FileOutputStream(file.toFile())),
                false);
    }

    void write(ScanReport report, List<RepositoryInfo> repositories) throws IOException {
        for (Destination destination : destinations) {
            sink(destination, repositories).write(report);
            destination.out().flush();
        }
    }

    private FindingSink sink(Destination destination, List<RepositoryInfo> repositories) {
        OutputStream out = destination.out();
        return switch (destination.format()) {
            case TERMINAL ->
                    new TerminalSink(
                            out,
                            new TerminalOptions(
                                    destination.shown() && terminal.colour(),
                                    !destination.shown() || terminal.unicode()));
            case JSONL -> new JsonLinesSink(out, options.showTokens());
            case SARIF ->
                    new SarifSink(out, rules, Version.number(), root, versionControl(repositories));
        };
    }

    private static List<VersionControl> versionControl(List<RepositoryInfo> repositories) {
        return repositories.stream()
                .map(repository ->
                        new VersionControl(
                                repository.folder(),
                                repository.origin(),
                                repository.head(),
                                repository.branch()))
                .toList();
    }

    @Override
    public void close() throws IOException {
        for (Destination destination : destinations) {
            destination.out().close();
        }
    }

    /// Standard output as a stream that says when it fails, which `System.out` does not, and that is never closed.
    private static final class StandardOutput extends FilterOutputStream {
        StandardOutput() {
            super(new FileOutputStream(FileDescriptor.out));
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
