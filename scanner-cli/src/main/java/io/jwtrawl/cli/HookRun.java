package io.jwtrawl.cli;

import io.jwtrawl.detect.Limits;
import io.jwtrawl.engine.Engine;
import io.jwtrawl.finding.Attribution;
import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.git.GitRepositories;
import io.jwtrawl.git.HistorySelection;
import io.jwtrawl.git.ReceivedRef;
import io.jwtrawl.git.StagedCrawler;
import io.jwtrawl.reports.HookMessage;
import io.jwtrawl.reports.IncidentText;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.FailureText;
import io.jwtrawl.source.PathFilter;
import io.jwtrawl.source.PathText;
import io.jwtrawl.token.Redaction;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One run of a hook. It has a way of its own through the program: whoever commits waits for it, so nothing is loaded that
/// a change without a token does not need.
final class HookRun {

    /// Set by whoever wants to pass at any price; scripts look at it too, before Java starts.
    static final String SKIP = "JWTRAWL_SKIP";

    private static final int MAX_INCIDENTS = 3;

    /// How a hook ends.
    enum Verdict {
        PASSED,
        STOPPED,

        /// The hook itself failed, and must not stop anything for that.
        FAILED_AND_PASSED,

        /// It failed, and was told to stop then.
        FAILED_AND_STOPPED;

        boolean stops() {
            return this == STOPPED || this == FAILED_AND_STOPPED;
        }
    }

    private final HookOptions options;
    private final Path current;
    private final Map<String, String> environment;
    private final PrintStream err;

    HookRun(HookOptions options, Path current, Map<String, String> environment, PrintStream err) {
        this.options = options;
        this.current = current;
        this.environment = environment;
        this.err = err;
    }

    /// What is searched, and what tells more of what was found.
    private record Target(
            GitRepositories repositories, Path folder, Crawler crawler, Attribution attribution) {}

    Verdict run(InputStream in) {
        if (!environment.getOrDefault(SKIP, "").isEmpty()) {
            err.println("jwtrawl: nothing was searched, as " + SKIP + " asks for");
            return Verdict.PASSED;
        }
        try {
            Optional<Target> target = target(in);
            return target.isEmpty() ? Verdict.PASSED : search(target.get());
        } catch (UsageException e) {
            return failed(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            return failed("interrupted");
        } catch (IOException | RuntimeException | Error e) {
            return failed(FailureText.of(e));
        }
    }

    private Verdict search(Target target) throws InterruptedException {
        RuleSet rules = RuleSet.builtIn();
        var engine =
                new Engine(
                        rules,
                        () -> rules.policy("default"),
                        Limits.DEFAULT,
                        Runtime.getRuntime().availableProcessors(),
                        List.of(target.crawler()),
                        List.of(target.attribution()));
        ScanReport report = engine.scan(Instant.now());
        Verdict verdict = report.findings().isEmpty() ? Verdict.PASSED : judge(report, rules);
        if (verdict == Verdict.PASSED && !report.isComplete()) {
            report.incidents().stream()
                    .limit(MAX_INCIDENTS)
                    .forEach(incident -> err.println("jwtrawl: " + IncidentText.of(incident)));
            return failed(
                    report.ending()
                            .early()
                            .map(why -> "the search " + why)
                            .orElse("not all could be searched"));
        }
        return verdict;
    }

    private Verdict judge(ScanReport report, RuleSet rules) {
        List<Finding> stopping = new ArrayList<>();
        for (Finding finding : unallowed(report).findings()) {
            if (options.failOn().isReachedBy(finding)) {
                stopping.add(finding);
            }
        }
        if (stopping.isEmpty()) {
            return Verdict.PASSED;
        }
        HookKind kind = options.kind();
        new HookMessage(rules, Terminal.detect(environment).unicode())
                .of(report.withFindings(stopping), kind.what(), kind.command(), kind.all())
                .forEach(err::println);
        return Verdict.STOPPED;
    }

    private ScanReport unallowed(ScanReport report) {
        if (!options.allows()) {
            return report;
        }
        Optional<Baseline> baseline =
                options.baseline().map(file -> Baseline.read(current.resolve(file), true));
        Allowances.Outcome outcome =
                Allowances.read(
                                current,
                                options.config().map(current::resolve),
                                baseline,
                                report.at())
                        .applyTo(report, false);
        outcome.notes().forEach(note -> err.println("jwtrawl: " + PathText.escape(note)));
        return outcome.report();
    }

    private Verdict failed(String why) {
        err.println(
                "jwtrawl: the hook failed: "
                        + Redaction.redact(PathText.escape(why))
                        + (options.strict()
                                ? "; stopped, as --strict asks for"
                                : "; the " + options.kind().what() + " goes on"));
        return options.strict() ? Verdict.FAILED_AND_STOPPED : Verdict.FAILED_AND_PASSED;
    }

    /// @return empty if there is nothing to search
    private Optional<Target> target(InputStream in) throws IOException {
        var git = GitEnvironment.of(environment);
        Path folder =
                git.gitFolder()
                        .map(current::resolve)
                        .or(() -> GitRepositories.enclosing(current))
                        .orElseThrow(() -> new UsageException(current + ": not a Git repository"));
        if (options.kind() == HookKind.PRE_COMMIT) {
            return Optional.of(staged(folder, git));
        }
        Optional<HistorySelection> selection = selection(folder, in);
        if (selection.isEmpty()) {
            return Optional.empty();
        }
        var repositories =
                new GitRepositories(
                        PathFilter.ALL,
                        selection.get(),
                        git.objects().stream().map(current::resolve).toList(),
                        Optional.empty());
        Crawler crawler =
                repositories
                        .crawlerFor(folder)
                        .orElseThrow(() -> new UsageException(folder + ": not a Git repository"));
        repositories
                .objection(folder)
                .ifPresent(why -> {
                    throw new UsageException(why);
                });
        return Optional.of(new Target(repositories, folder, crawler, repositories));
    }

    private Target staged(Path folder, GitEnvironment git) {
        var repositories = new GitRepositories(PathFilter.ALL);
        StagedCrawler staged =
                repositories
                        .stagedAt(folder, git.index().map(current::resolve))
                        .orElseThrow(() -> new UsageException(folder + ": not a Git repository"));
        return new Target(repositories, folder, staged, staged);
    }

    private Optional<HistorySelection> selection(Path folder, InputStream in) throws IOException {
        return switch (options.kind()) {
            case PRE_COMMIT -> Optional.empty();
            case PRE_PUSH -> PushedRefs.selection(folder, options.gitArguments(), environment, in);
            case PRE_RECEIVE -> Optional.of(HistorySelection.received(ReceivedRefs.read(in)));
            case UPDATE ->
                    Optional.of(
                            HistorySelection.received(List.of(updated(options.gitArguments()))));
        };
    }

    /// The ref that an `update` hook is asked about.
    private static ReceivedRef updated(List<String> given) {
        return Optional.of(given)
                .filter(words -> words.size() == 3)
                .flatMap(words ->
                        ReceivedRef.parse(words.get(1) + " " + words.get(2) + " " + words.get(0)))
                .orElseThrow(() -> new UsageException("update: Git gives REF OLD NEW to it"));
    }
}
