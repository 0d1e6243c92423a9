package io.jwtrawl.cli;

import io.jwtrawl.finding.FindingSink;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.git.RepositoryInfo;
import io.jwtrawl.reports.CsvSink;
import io.jwtrawl.reports.GitLabSink;
import io.jwtrawl.reports.JUnitSink;
import io.jwtrawl.reports.JsonLinesSink;
import io.jwtrawl.reports.MarkdownSink;
import io.jwtrawl.reports.SarifSink;
import io.jwtrawl.reports.TerminalOptions;
import io.jwtrawl.reports.TerminalSink;
import io.jwtrawl.reports.VersionControl;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.source.FailureText;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The reports that one run writes, and where to.
final class Reports implements AutoCloseable {

    /// @param file where it goes; standard output if there is none
    /// @param shown whether a person reads it as it is written
    private record Destination(
            ReportFormat format, OutputStream out, Optional<ReportFile> file, boolean shown) {

        String name() {
            return file.map(report -> report.path().toString()).orElse("standard output");
        }
    }

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

    /// Opens all files, so that a wrong path costs no waiting.
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
                    Optional.empty(),
                    terminal.outIsTerminal());
        }
        Path path = output.file().get();
        ReportFile file;
        try {
            file = ReportFile.open(path, options.showTokens());
        } catch (IOException e) {
            throw new UsageException(
                    "--output " + path + ": cannot be written: " + FailureText.of(e), e);
        }
        var destination =
                new Destination(
                        output.format().orElseGet(() -> ReportFormat.of(path)),
                        new BufferedOutputStream(file),
                        Optional.of(file),
                        false);
        for (Destination other : destinations) {
            if (other.file().isPresent()
                    && Files.isRegularFile(path)
                    && Files.isSameFile(other.file().get().path(), path)) {
                destination.out().close();
                throw new UsageException(
                        "--output " + path + ": given for two reports: give each its own file");
            }
        }
        return destination;
    }

    /// Whether standard output shows the report to a person.
    boolean areShown() {
        return destinations.stream().anyMatch(Destination::shown);
    }

    /// Writes all of them, whether or not one fails, and be it for want of memory.
    ///
    /// @return what could not be written
    List<String> write(ScanReport report, List<RepositoryInfo> repositories) {
        List<String> failures = new ArrayList<>();
        for (Destination destination : destinations) {
            try {
                if (destination.file().isPresent()) {
                    destination.file().get().begin();
                }
                sink(destination, repositories).write(report);
                destination.out().flush();
            } catch (IOException | RuntimeException | Error e) {
                failures.add(destination.name() + ": " + FailureText.of(e));
            }
        }
        return failures;
    }

    private FindingSink sink(Destination destination, List<RepositoryInfo> repositories) {
        OutputStream out = destination.out();
        return switch (destination.format()) {
            case TERMINAL ->
                    new TerminalSink(
                            out,
                            rules,
                            new TerminalOptions(
                                    destination.shown() && terminal.colour(),
                                    !destination.shown() || terminal.unicode()));
            case JSONL -> new JsonLinesSink(out, rules, options.showTokens());
            case SARIF ->
                    new SarifSink(
                            out,
                            rules,
                            options.sarif(root),
                            versionControl(repositories),
                            destination.file().map(file -> file::part));
            case CSV -> new CsvSink(out, rules);
            case GITLAB -> new GitLabSink(out, rules, Version.number());
            case JUNIT -> new JUnitSink(out, rules, options.failOn().level());
            case MARKDOWN -> new MarkdownSink(out, rules);
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

    /// What could not be written was told by [#write].
    @Override
    public void close() {
        for (Destination destination : destinations) {
            try {
                if (destination.file().isPresent()) {
                    destination.file().get().close();
                }
            } catch (IOException _) {
                // All was flushed before.
            }
        }
    }
}
