package io.jwtrawl.cli;

import io.jwtrawl.engine.Engine;
import io.jwtrawl.finding.Attribution;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.finding.Suppressed;
import io.jwtrawl.git.GitRepositories;
import io.jwtrawl.git.RepositoryInfo;
import io.jwtrawl.rules.Policy;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.FailureText;
import io.jwtrawl.source.PathText;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One scan from options to exit code: engine, progress, reports, summary.
final class ScanRun {

    private final ScanOptions options;
    private final Terminal terminal;
    private final PrintStream err;
    private Optional<FileOptions> files = Optional.empty();
    private boolean isInRounds;

    ScanRun(ScanOptions options, Terminal terminal, PrintStream err) {
        this.options = options;
        this.terminal = terminal;
        this.err = err;
    }

    /// The same, with what is to be said and kept of files when the scan is over.
    ScanRun remembering(FileOptions searched) {
        files = Optional.of(searched);
        return this;
    }

    /// The same, with as many crawlers at a time as there are threads; what they found is attributed before others begin.
    ScanRun inRounds() {
        isInRounds = true;
        return this;
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
        Optional<ScanVerification> verification = options.verification(policy);
        Optional<Baseline> baseline = options.baseline();
        Optional<Allowances> allowances = options.allowances(baseline);
        if (options.verbose()) {
            LoggerFactory.getLogger(ScanRun.class)
                    .info(
                            "searching {} with {} token rules, {} threads and a heap of at most {} MiB",
                            options.targets(),
                            rules.tokens().size(),
                            options.threads(),
                            Runtime.getRuntime().maxMemory() >> 20);
        }
        var unpackers = new Unpackers(options);
        Engine engine = engine(rules, policy, crawlers, attributions, unpackers);
        if (isInRounds) {
            engine.inRoundsOf(options.threads());
        }
        List<String> unwritten;
        ScanReport report;
        int exitCode;
        try (var interrupts = Interrupts.cancel(engine);
                unpackers;
                var reports = Reports.open(options, terminal, rules, root)) {
            long begin = System.nanoTime();
            report = repositories.named(scan(engine, now));
            if (verification.isPresent()) {
                report =
                        verification
                                .get()
                                .applyTo(report, () -> interrupts.byUser() || isLate(begin));
            }
            if (baseline.isPresent()) {
                update(baseline.get(), report);
            }
            if (allowances.isPresent()) {
                report = allowed(allowances.get().applyTo(report, isWhole(report)));
            }
            List<RepositoryInfo> seen = repositories.seen();
            unwritten = reports.write(report, seen);
            Summary.writeIncidents(report, reports.areShown() && terminal.errIsTerminal(), err);
            if (!options.quiet()) {
                Summary.write(report, err);
                if (terminal.errIsTerminal()) {
                    NextSteps.write(report, options.failOn(), err);
                }
                if (!options.wantsShallow()) {
                    seen.stream().filter(RepositoryInfo::shallow).forEach(this::noteShallow);
                }
            }
            if (options.verbose()) {
                log(report, engine, seen);
            }
            exitCode = exitCode(report, interrupts.byUser());
        } catch (IOException e) {
            throw new UsageException("cannot write the report: " + FailureText.of(e), e);
        }
        if (!unwritten.isEmpty()) {
            throw new UsageException("cannot write the report: " + String.join("; ", unwritten));
        }
        try {
            repositories.remember(report);
            if (files.isPresent()) {
                files.get().finish(report, err);
            }
        } catch (IOException e) {
            throw new UsageException("cannot write the state: " + FailureText.of(e), e);
        }
        return exitCode;
    }

    /// Whether all was searched: then what an entry is about is there no more.
    private boolean isWhole(ScanReport report) {
        return report.isComplete() && !options.isPartial();
    }

    private void update(Baseline baseline, ScanReport report) {
        int before = baseline.size();
        if (options.updatesBaseline()) {
            report.findings().forEach(baseline::add);
        }
        int added = baseline.size() - before;
        int removed = 0;
        if (options.prunesBaseline()) {
            if (report.isComplete()) {
                removed = baseline.keepOnly(report.findings());
            } else {
                err.println("jwtrawl: the baseline keeps all, since not all could be searched");
            }
        }
        if (options.updatesBaseline() || options.prunesBaseline()) {
            baseline.write();
            err.println(
                    "jwtrawl: baseline: "
                            + added
                            + " added, "
                            + removed
                            + " removed, "
                            + baseline.size()
                            + " known");
        }
    }

    private ScanReport allowed(Allowances.Outcome outcome) {
        for (String note : outcome.notes()) {
            err.println("jwtrawl: " + PathText.escape(note));
        }
        int suppressed = outcome.report().suppressed().size();
        if (suppressed > 0 && !options.quiet()) {
            err.println(
                    "jwtrawl: passed over "
                            + Summary.count(suppressed, "finding")
                            + ": "
                            + outcome.suppressed(Suppressed.By.COMMENT)
                            + " by comments, "
                            + outcome.suppressed(Suppressed.By.IGNORE_FILE)
                            + " by .jwtrawlignore, "
                            + outcome.suppressed(Suppressed.By.CONFIG)
                            + " by jwtrawl.yaml, "
                            + outcome.suppressed(Suppressed.By.BASELINE)
                            + " by the baseline");
        }
        return outcome.report();
    }

    private Engine engine(
            RuleSet rules,
            Policy policy,
            List<? extends Crawler> crawlers,
            List<? extends Attribution> attributions,
            Unpackers unpackers) {
        List<Attribution> all = new ArrayList<>(unpackers.places());
        all.addAll(attributions);
        return new Engine(
                rules,
                () -> policy,
                options.limits(),
                options.threads(),
                crawlers,
                all,
                unpackers.unpacker(),
                options.expansionLimits());
    }

    private static void log(ScanReport report, Engine engine, List<RepositoryInfo> seen) {
        Logger log = LoggerFactory.getLogger(ScanRun.class);
        for (RepositoryInfo repository : seen) {
            log.info("met the repository {}", PathText.of(repository.folder()));
        }
        ScanReport.Statistics statistics = report.statistics();
        log.info(
                "searched for {} ms, asked since when and by whom for {} ms, {} ms in all",
                statistics.searching().toMillis(),
                statistics.attributing().toMillis(),
                statistics.elapsed().toMillis());
        engine.failure().ifPresent(cause -> log.error("the scan broke off", cause));
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

    private boolean isLate(long begin) {
        return options.timeout()
                .filter(limit -> System.nanoTime() - begin > limit.toNanos())
                .isPresent();
    }

    private int exitCode(ScanReport report, boolean interruptedByUser) {
        if (interruptedByUser) {
            return ExitCode.INTERRUPTED;
        }
        if (report.ending() instanceof ScanReport.Ending.Failed) {
            return ExitCode.INCOMPLETE;
        }
        if (options.failOn().isReachedBy(report)) {
            return ExitCode.FOUND;
        }
        return report.isComplete() ? ExitCode.CLEAN : ExitCode.INCOMPLETE;
    }
}
