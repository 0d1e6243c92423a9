package io.jwtrawl.cli;

import static io.jwtrawl.cli.OptionValues.flag;
import static io.jwtrawl.cli.OptionValues.option;

import io.jwtrawl.detect.Limits;
import io.jwtrawl.documents.DocumentLimits;
import io.jwtrawl.git.remote.RemoteUrl;
import io.jwtrawl.reports.SarifOptions;
import io.jwtrawl.rules.Policy;
import io.jwtrawl.rules.RuleFileException;
import io.jwtrawl.rules.RuleReader;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.source.ExpansionLimits;
import io.jwtrawl.source.FailureText;
import io.jwtrawl.source.PathFilter;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/// The options that `scan` and `git` share, as they were given.
final class ScanOptions {

    private static final int MIN_TOKEN_SIZE = 1024;
    private static final int MAX_TOKEN_SIZE = 64 * 1024 * 1024;
    private static final int MAX_DEPTH = 100;

    private static final String MAX_MEMORY = "max-memory";
    private static final String VERIFY = "verify";
    private static final String BASELINE = "baseline";
    private static final String UPDATE_BASELINE = "update-baseline";
    private static final String PRUNE_BASELINE = "prune-baseline";
    private static final String NO_ALLOW = "no-allow";
    private static final String CATEGORY = "category";
    private static final String OMIT_SUPPRESSED = "omit-suppressed";
    private static final String HISTORIC_AT = "historic-at";

    /// One report: a format, a destination, or both.
    record Output(Optional<ReportFormat> format, Optional<Path> file) {}

    private final OptionValues values;

    // Read at once, so that a wrong one is told before a long scan.
    private final List<Output> outputs;
    private final FailOn failOn;
    private final Instant at;
    private final Optional<Duration> timeout;
    private final PathFilter filter;
    private final Limits limits;
    private final ExpansionLimits expansionLimits;
    private final DocumentLimits documentLimits;
    private final int threads;

    ScanOptions(CommandLine line) {
        values = new OptionValues(line);
        outputs = readOutputs();
        failOn = values.oneOf("fail-on", FailOn.class).orElse(FailOn.MEDIUM);
        at = values.instant("at").orElseGet(Instant::now);
        timeout = values.duration("timeout");
        filter = readFilter();
        limits = readLimits();
        threads = readThreads();
        expansionLimits = UnpackingOptions.read(values, threads);
        documentLimits = DocumentOptions.read(values, threads);
        values.memory(MAX_MEMORY); // the launcher gave it to Java
    }

    static void addTo(Options options) {
        List.of(
                        option(
                                "format",
                                "FORMAT",
                                "terminal, jsonl, sarif, csv, gitlab, junit or markdown (see docs/reports.md). Default:"
                                        + " what the file's name says; else terminal where a person reads it, jsonl"
                                        + " where not."),
                        option(
                                "output",
                                "FILE",
                                "Write the report to FILE. Default: standard output. May repeat, each with its"
                                        + " --format."),
                        option(
                                "fail-on",
                                "LEVEL",
                                "Exit with 1 if a finding is at LEVEL or worse: critical, high, medium, low, info,"
                                        + " never. Default: medium."),
                        option(
                                CATEGORY,
                                "NAME",
                                "In SARIF, the category that dashboards tell scans of one repository apart by."
                                        + " Default: jwtrawl."),
                        flag(
                                OMIT_SUPPRESSED,
                                "Leave out of SARIF what may stay, for dashboards that show it as open."),
                        option(
                                HISTORIC_AT,
                                "PATH",
                                "In SARIF, place what only the history has, in files that are gone, at PATH, such as"
                                        + " README.md."),
                        flag(
                                "show-tokens",
                                "Write whole tokens and personal data into JSON Lines; their files get mode 0600."),
                        option(
                                "policy",
                                "FILE",
                                "Rate by this policy: default, strict, incident, or a file (see docs/rating.md)."),
                        option(
                                "wordlist",
                                "FILE",
                                "Also try each line of FILE as the secret of tokens signed with an HMAC."),
                        option(
                                "rules",
                                "DIR",
                                "Use the rules in DIR, laid out like rules/, in place of the built-in ones."),
                        option(
                                "at",
                                "INSTANT",
                                "Judge tokens as of this moment, such as 2026-01-31T00:00:00Z. Default: now."),
                        option(
                                "config",
                                "FILE",
                                "Read FILE in place of the nearest jwtrawl.yaml, here or above (see docs/allow.md)."),
                        option(
                                BASELINE,
                                "FILE",
                                "Pass over the findings that FILE lists (see docs/allow.md)."),
                        flag(UPDATE_BASELINE, "Write all findings into the baseline, too."),
                        flag(
                                PRUNE_BASELINE,
                                "Remove from the baseline what is found no more, if all could be searched."),
                        flag(
                                NO_ALLOW,
                                "Pass over nothing: neither comments, .jwtrawlignore, jwtrawl.yaml nor the baseline"
                                        + " count."),
                        option(
                                "include",
                                "GLOB",
                                "Search only paths that match GLOB, such as '*.log' or 'src/**'. May repeat."),
                        option("exclude", "GLOB", "Leave out paths that match GLOB. May repeat."),
                        option(
                                "encodings",
                                "WHICH",
                                "Which disguises to look through: none, usual, or all, with ROT13 and reversed text"
                                        + " (see docs/detection.md). Default: usual."),
                        option(
                                "max-token-size",
                                "BYTES",
                                "Look for tokens of up to so many bytes. Default: 1 MiB."),
                        option(
                                "max-depth",
                                "N",
                                "Open up to N containers inside one another, and look through up to N encodings."
                                        + " Default: 8 and 5."),
                        option(
                                MAX_MEMORY,
                                "SIZE",
                                "Let the heap grow to SIZE at most, such as 512m or 2g; the process takes some"
                                        + " 100 MB more. Default: a quarter of the machine's memory."),
                        option(
                                "threads",
                                "N",
                                "Search with N threads. Default: one for each processor."),
                        option(
                                "timeout",
                                "DURATION",
                                "Stop after this time, such as 90s, 10m or 2h, and report what was found so far."),
                        flag("no-progress", "Show no progress bar."),
                        flag("quiet", "Write neither progress nor a summary to standard error."),
                        flag("verbose", "Log to standard error what is done and what went wrong."))
                .forEach(options::addOption);
        options.addOption(
                flag(
                        VERIFY,
                        "Check every token's signature, with the keys that the options below name, and rate it by that"
                                + " too (see docs/verify.md)."));
        UnpackingOptions.addTo(options);
        DocumentOptions.addTo(options);
        KeyOptions.addTo(options);
        options.addOption(
                option(
                        "issuer",
                        "ISSUER",
                        "The keys given are those of this issuer: its tokens that none of them signed are not genuine."));
    }

    /// What to write where; a `--format` and an `--output` next to each other belong together.
    List<Output> outputs() {
        return outputs;
    }

    private List<Output> readOutputs() {
        List<Output> outputs = new ArrayList<>();
        var current = new Output(Optional.empty(), Optional.empty());
        for (Option given : values.line().getOptions()) {
            boolean isFormat = given.getLongOpt().equals("format");
            if (!isFormat && !given.getLongOpt().equals("output")) {
                continue;
            }
            if (isFormat ? current.format().isPresent() : current.file().isPresent()) {
                outputs.add(current);
                current = new Output(Optional.empty(), Optional.empty());
            }
            current =
                    isFormat
                            ? new Output(Optional.of(format(given.getValue())), current.file())
                            : new Output(
                                    current.format(),
                                    Optional.of(OptionValues.toPath(given.getValue())));
        }
        outputs.add(current);
        return outputs;
    }

    private static ReportFormat format(String text) {
        try {
            return OptionValues.constant(text, ReportFormat.class);
        } catch (UsageException e) {
            throw new UsageException("--format: " + e.getMessage(), e);
        }
    }

    /// What a SARIF file says beside its findings.
    ///
    /// @param root the folder that paths are relative to
    SarifOptions sarif(Optional<Path> root) {
        return new SarifOptions(
                Version.number(),
                values.text(CATEGORY).orElse(SarifOptions.CATEGORY),
                root,
                !values.has(OMIT_SUPPRESSED),
                values.text(HISTORIC_AT));
    }

    FailOn failOn() {
        return failOn;
    }

    /// What checks the tokens that are found, if that is wanted.
    Optional<ScanVerification> verification(Policy policy) {
        if (values.has(VERIFY)) {
            return Optional.of(ScanVerification.of(values, policy, at));
        }
        List<String> needless = KeyOptions.given(values);
        if (!needless.isEmpty()) {
            throw new UsageException("--" + needless.getFirst() + ": only together with --verify");
        }
        return Optional.empty();
    }

    boolean showTokens() {
        return values.has("show-tokens");
    }

    Instant at() {
        return at;
    }

    Optional<Duration> timeout() {
        return timeout;
    }

    /// Whether only a part of what is there is searched.
    boolean isPartial() {
        for (String option :
                List.of(
                        "staged",
                        "range",
                        "since",
                        "branch",
                        "received",
                        "state",
                        "include",
                        "exclude")) {
            if (values.has(option)) {
                return true;
            }
        }
        return false;
    }

    boolean updatesBaseline() {
        return values.has(UPDATE_BASELINE);
    }

    boolean prunesBaseline() {
        return values.has(PRUNE_BASELINE);
    }

    /// The baseline; what is to be written need not exist.
    Optional<Baseline> baseline() {
        Optional<Path> file = values.path(BASELINE);
        if (file.isEmpty() && (updatesBaseline() || prunesBaseline())) {
            throw new UsageException("--baseline FILE is missing: it says which one to write");
        }
        return file.map(path -> Baseline.read(path, !updatesBaseline()));
    }

    boolean isAllowing() {
        return !values.has(NO_ALLOW);
    }

    /// What may stay; empty if nothing may.
    Optional<Allowances> allowances(Optional<Baseline> baseline) {
        return isAllowing()
                ? Optional.of(
                        Allowances.read(
                                Path.of("").toAbsolutePath(), values.path("config"), baseline, at))
                : Optional.empty();
    }

    boolean noProgress() {
        return values.has("no-progress");
    }

    boolean quiet() {
        return values.has("quiet");
    }

    boolean verbose() {
        return values.has("verbose");
    }

    /// Whether it was asked for that only the latest commits are fetched.
    boolean wantsShallow() {
        return values.has("depth");
    }

    /// What is searched, for the log.
    String targets() {
        List<String> targets = values.line().getArgList();
        return targets.isEmpty()
                ? "."
                : targets.stream().map(ScanOptions::shown).collect(Collectors.joining(" "));
    }

    /// A target without the password that a URL may hold.
    static String shown(String target) {
        return RemoteUrl.parse(target).map(RemoteUrl::display).orElse(target);
    }

    Limits limits() {
        return limits;
    }

    /// Whether containers are opened at all.
    boolean opensArchives() {
        return !values.has(UnpackingOptions.NO_ARCHIVES);
    }

    ExpansionLimits expansionLimits() {
        return expansionLimits;
    }

    boolean opensDocuments() {
        return !values.has(DocumentOptions.NO_DOCUMENTS);
    }

    DocumentLimits documentLimits() {
        return documentLimits;
    }

    private Limits readLimits() {
        int maxTokenSize = values.number("max-token-size").orElse(Limits.DEFAULT.tokenBytes());
        if (maxTokenSize < MIN_TOKEN_SIZE || maxTokenSize > MAX_TOKEN_SIZE) {
            throw new UsageException(
                    "--max-token-size: a number from " + MIN_TOKEN_SIZE + " to " + MAX_TOKEN_SIZE);
        }
        int depth = values.number("max-depth").orElse(Limits.DEFAULT.depth());
        if (depth < 0 || depth > MAX_DEPTH) {
            throw new UsageException("--max-depth: a number from 0 to " + MAX_DEPTH);
        }
        return new Limits(
                maxTokenSize,
                depth,
                Limits.DEFAULT.expandedBytes(),
                values.oneOf("encodings", Limits.Encodings.class).orElse(Limits.Encodings.USUAL));
    }

    RuleSet ruleSet() {
        return ruleSet(values);
    }

    /// Where the rules are, if not the built-in ones are used.
    Optional<Path> rulesFolder() {
        return values.path("rules");
    }

    /// By `--rules` and `--wordlist`.
    static RuleSet ruleSet(OptionValues values) {
        RuleSet rules = ruleSet(values.path("rules"));
        return values.path("wordlist")
                .map(file -> {
                    if (!Files.isReadable(file) || Files.isDirectory(file)) {
                        throw new UsageException(
                                "--wordlist " + file + ": cannot be read as a file");
                    }
                    return rules.withWordlist(file);
                })
                .orElse(rules);
    }

    static RuleSet ruleSet(Optional<Path> folder) {
        if (folder.isEmpty()) {
            return RuleSet.builtIn();
        }
        try {
            return RuleReader.read(folder.get());
        } catch (RuleFileException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new UsageException(
                    "--rules " + folder.get() + ": cannot be read as a rules folder: " + what(e),
                    e);
        }
    }

    /// With the file that is missing, which need not be the folder that was named.
    private static String what(IOException e) {
        return e instanceof FileSystemException at
                ? at.getFile() + ": " + FailureText.of(e)
                : FailureText.of(e);
    }

    Policy policy(RuleSet ruleSet) {
        return policy(values, ruleSet);
    }

    /// By `--policy`: the name of one that the rules come with, or else a file.
    static Policy policy(OptionValues values, RuleSet ruleSet) {
        Optional<Path> file = values.path("policy");
        if (file.isEmpty()) {
            return ruleSet.policy("default");
        }
        for (Policy policy : ruleSet.policies()) {
            if (policy.id().equals(file.get().toString())) {
                return policy;
            }
        }
        try {
            return RuleReader.readPolicy(file.get(), ruleSet.policies(), ruleSet.algorithms());
        } catch (RuleFileException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new UsageException(
                    "--policy " + file.get() + ": cannot be read: " + FailureText.of(e), e);
        }
    }

    PathFilter filter() {
        return filter;
    }

    private PathFilter readFilter() {
        List<String> includes = values.all("include");
        List<String> excludes = values.all("exclude");
        try {
            return includes.isEmpty() && excludes.isEmpty()
                    ? PathFilter.ALL
                    : PathFilter.of(includes, excludes);
        } catch (PatternSyntaxException e) {
            throw new UsageException(
                    "not a glob: " + e.getPattern() + ": " + e.getDescription(), e);
        }
    }

    int threads() {
        return threads;
    }

    private int readThreads() {
        int wanted = values.number("threads").orElseGet(Runtime.getRuntime()::availableProcessors);
        if (wanted < 1 || wanted > 1024) {
            throw new UsageException("--threads takes a number from 1 to 1024, not " + wanted);
        }
        return wanted;
    }
}
