package io.jwtrawl.cli;

import io.jwtrawl.engine.Engine;
import io.jwtrawl.finding.Attribution;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.git.GitRepositories;
import io.jwtrawl.git.RepositoryInfo;
import io.jwtrawl.rules.Policy;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.PathText;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One scan from options to exit code: engine, progress, reports, summary.
final class ScanRun {

    private final ScanOptions options;
    private final Terminal terminal;
    private final PrintStream err;

    ScanRun(ScanOptions options, Terminal terminal, PrintStream err) {
        this.options = options;
        this.terminal = terminal;
        this.err = err;
    }

    /// @param repositories those that the crawlers meet, for what reports say of them
    /// @param root what paths in the reports are relative to, if all targets have that in common
    int run(
            List<? extends Crawler> crawlers,
            List<? extends Attribution> attributions,
            GitRepositories repositories,
            Optional<Path> root) {
        if (options.verbose()) {
            Logging.beVerbose();
        }
        RuleSet rules = options.ruleSet();
        Policy policy = options.policy(rules);
        Instant now = options.at();
        var engine =
                new Engine(
                        rules, policy, options.limits(), options.threads(), crawlers, attributions);
        try (var interrupts = Interrupts.cancel(engine);
                var reports = Reports.open(options, terminal, rules, root)) {
            ScanReport report = scan(engine, now);
            List<RepositoryInfo> seen = repositories.seen();
            reports.write(report, seen);
            Summary.writeIncidents(report, err);
            if (!options.quiet()) {
                Summary.write(report, err);
                seen.stream().filter(RepositoryInfo::shallow).forEach(this::noteShallow);
            }
            return exitCode(report, interrupts.byUser());
        } catch (IOException e) {
            throw new UsageException("cannot write the report: " + e, e);
        }
    }

    private void noteShallow(RepositoryInfo repository) {
        err.println(
                "jwtrawl: only the latest commits of "
                        + PathText.of(repository.folder())
                        + " are here and were searched: `git fetch --unshallow` gets the others");
    }

    private ScanReport scan(Engine engine, Instant now) {
        boolean showProgress =
                terminal.errIsTerminal() && !options.noProgress() && !options.quiet();
        try (var _ = Timeout.cancel(engine, options.timeout());
                var _ = ProgressDisplay.of(engine.progress(), showProgress, terminal.unicode())) {
            return engine.scan(now);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the main thread", e);
        }
    }

    private int exitCode(ScanReport report, boolean interruptedByUser) {
        if (interruptedByUser) {
            return ExitCode.INTERRUPTED;
        }
        if (options.failOn().isReachedBy(report)) {
            return ExitCode.FOUND;
        }
        return report.isComplete() ? ExitCode.CLEAN : ExitCode.INCOMPLETE;
    }
}
