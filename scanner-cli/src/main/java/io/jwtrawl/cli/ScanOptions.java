package io.jwtrawl.cli;

import io.jwtrawl.detect.Limits;
import io.jwtrawl.rules.Policy;
import io.jwtrawl.rules.RuleFileException;
import io.jwtrawl.rules.RuleReader;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.source.PathFilter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// The options that `scan` and `git` share, as they were given.
final class ScanOptions {

    private static final int MIN_TOKEN_SIZE = 1024;
    private static final int MAX_TOKEN_SIZE = 64 * 1024 * 1024;

    /// One report: a format, a destination, or both.
    static final class Output {
        @Option(
                names = "--format",
                paramLabel = "FORMAT",
                description =
                        "terminal, jsonl or sarif. Default: what the file's name says; else terminal where a person"
                                + " reads it, jsonl where not.")
        @Nullable ReportFormat format;

        @Option(
                names = "--output",
                paramLabel = "FILE",
                description =
                        "Write the report to FILE. Default: standard output. May repeat, each with its --format.")
        @Nullable Path file;
    }

    @ArgGroup(exclusive = false, multiplicity = "0..*", heading = "%nReports:%n")
    List<Output> outputs = new ArrayList<>();

    @Option(
            names = "--fail-on",
            paramLabel = "LEVEL",
            defaultValue = "medium",
            description =
                    "Exit with 1 if a finding is at LEVEL or worse: critical, high, medium, low, info, never."
                            + " Default: ${DEFAULT-VALUE}.")
    FailOn failOn = FailOn.MEDIUM;

    @Option(
            names = "--show-tokens",
            description = "Write whole tokens and personal data into the reports.")
    boolean showTokens;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "Rate by this policy in place of the built-in one (see docs/rating.md).")
    @Nullable Path policy;

    @Option(
            names = "--rules",
            paramLabel = "DIR",
            description =
                    "Use the rules in DIR, laid out like rules/, in place of the built-in ones.")
    @Nullable Path rules;

    @Option(
            names = "--at",
            paramLabel = "INSTANT",
            description =
                    "Judge tokens as of this moment, such as 2026-01-31T00:00:00Z. Default: now.")
    @Nullable Instant at;

    @Option(
            names = "--include",
            paramLabel = "GLOB",
            description =
                    "Search only paths that match GLOB, such as '*.log' or 'src/**'. May repeat.")
    List<String> includes = new ArrayList<>();

    @Option(
            names = "--exclude",
            paramLabel = "GLOB",
            description = "Leave out paths that match GLOB. May repeat.")
    List<String> excludes = new ArrayList<>();

    @Option(
            names = "--encodings",
            paramLabel = "WHICH",
            defaultValue = "usual",
            description =
                    "Which disguises to look through: none, usual, or all, with ROT13 and reversed text (see"
                            + " docs/detection.md). Default: ${DEFAULT-VALUE}.")
    Limits.Encodings encodings = Limits.Encodings.USUAL;

    @Option(
            names = "--max-token-size",
            paramLabel = "BYTES",
            description = "Look for tokens of up to so many bytes. Default: 1 MiB.")
    int maxTokenSize = Limits.DEFAULT.tokenBytes();

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Search with N threads. Default: one for each processor.")
    int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description =
                    "Stop after this time, such as 90s, 10m or 2h, and report what was found so far.")
    @Nullable Duration timeout;

    @Option(names = "--no-progress", description = "Show no progress bar.")
    boolean noProgress;

    @Option(
            names = "--quiet",
            description = "Write neither progress nor a summary to standard error.")
    boolean quiet;

    @Option(
            names = "--verbose",
            description = "Log to standard error what is done and what went wrong.")
    boolean verbose;

    Limits limits() {
        if (maxTokenSize < MIN_TOKEN_SIZE || maxTokenSize > MAX_TOKEN_SIZE) {
            throw new UsageException(
                    "--max-token-size: a number from " + MIN_TOKEN_SIZE + " to " + MAX_TOKEN_SIZE);
        }
        return new Limits(
                maxTokenSize, Limits.DEFAULT.depth(), Limits.DEFAULT.expandedBytes(), encodings);
    }

    RuleSet ruleSet() {
        return ruleSet(Optional.ofNullable(rules));
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
                    "--rules " + folder.get() + ": cannot be read as a rules folder: " + e, e);
        }
    }

    Policy policy(RuleSet ruleSet) {
        return policy(Optional.ofNullable(policy), ruleSet);
    }

    static Policy policy(Optional<Path> file, RuleSet ruleSet) {
        if (file.isEmpty()) {
            return ruleSet.policy("default");
        }
        try {
            return RuleReader.readPolicy(file.get());
        } catch (RuleFileException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new UsageException("--policy " + file.get() + ": cannot be read: " + e, e);
        }
    }

    PathFilter filter() {
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
        if (threads < 1 || threads > 1024) {
            throw new UsageException("--threads takes a number from 1 to 1024, not " + threads);
        }
        return threads;
    }
}
