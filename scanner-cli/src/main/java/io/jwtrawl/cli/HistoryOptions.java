package io.jwtrawl.cli;

import static io.jwtrawl.cli.OptionValues.flag;
import static io.jwtrawl.cli.OptionValues.option;

import io.jwtrawl.git.HistorySelection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/// The options of `git` that say which part of a history is searched.
final class HistoryOptions {

    private static final String RANGE = "range";
    private static final String SINCE = "since";
    private static final String BRANCH = "branch";
    private static final String ALL_OBJECTS = "all-objects";

    private HistoryOptions() {}

    static void addTo(Options options) {
        List.of(
                        option(
                                RANGE,
                                "REVS",
                                "Only what these commits brought in: A..B, A...B, A.., REV, ^REV. May repeat."),
                        option(
                                SINCE,
                                "DATE",
                                "Only what commits from DATE on brought in: 2026-01-31, 2026-01-31T12:00:00Z, P2W or"
                                        + " '2 weeks ago'."),
                        option(
                                BRANCH,
                                "BRANCH",
                                "Only what BRANCH leads to, such as main, origin/main or 'release/*'. May repeat."),
                        flag(ALL_OBJECTS, "Also what nothing leads to any more."))
                .forEach(options::addOption);
    }

    static HistorySelection read(CommandLine line, Instant now) {
        var values = new OptionValues(line);
        List<String> ranges = values.all(RANGE);
        List<String> branches = values.all(BRANCH);
        if (ranges.stream().anyMatch(String::isBlank)
                || branches.stream().anyMatch(String::isBlank)) {
            throw new UsageException("--range and --branch: a name is missing");
        }
        Optional<Instant> since = values.text(SINCE).map(text -> since(text, now));
        boolean all = values.has(ALL_OBJECTS);
        if (all && (!ranges.isEmpty() || !branches.isEmpty() || since.isPresent())) {
            throw new UsageException(
                    "--all-objects: not together with --range, --since or --branch");
        }
        return new HistorySelection(ranges, branches, since, Optional.empty(), all);
    }

    /// The first of these options that was given.
    static Optional<String> given(CommandLine line) {
        return narrowing(line)
                .or(() ->
                        line.hasOption(ALL_OBJECTS) ? Optional.of(ALL_OBJECTS) : Optional.empty());
    }

    /// The first of those that was given by which less is searched.
    static Optional<String> narrowing(CommandLine line) {
        return List.of(RANGE, SINCE, BRANCH).stream().filter(line::hasOption).findFirst();
    }

    private static Instant since(String text, Instant now) {
        try {
            return PointInTime.parse(text, now);
        } catch (UsageException e) {
            throw new UsageException("--" + SINCE + ": " + e.getMessage(), e);
        }
    }
}
