package io.jwtrawl.cli;

import static io.jwtrawl.cli.OptionValues.flag;
import static io.jwtrawl.cli.OptionValues.option;

import io.jwtrawl.files.FileAges;
import io.jwtrawl.files.FileSelection;
import io.jwtrawl.files.FolderState;
import io.jwtrawl.files.Mounts;
import io.jwtrawl.finding.Attribution;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.git.GitRepositories;
import io.jwtrawl.git.HistorySelection;
import io.jwtrawl.source.FailureText;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/// The options of `scan` that say which files below the targets are searched.
final class FileOptions {

    private static final String SINCE = "since";
    private static final String STATE = "state";
    private static final String ONE_FILE_SYSTEM = "one-file-system";
    private static final String NO_NETWORK_FILES = "no-network-files";

    private final ScanOptions options;
    private final GitRepositories repositories;
    private final Optional<FolderState> state;

    /// For targets of the user's own, in the current folder; what lies elsewhere does not say itself what is left out.
    private final FileSelection own;

    private final FileSelection others;

    FileOptions(CommandLine line, ScanOptions options) {
        this.options = options;
        var values = new OptionValues(line);
        Optional<Instant> since =
                values.text(SINCE)
                        .map(text -> {
                            try {
                                return PointInTime.parse(text, options.at());
                            } catch (UsageException e) {
                                throw new UsageException("--since: " + e.getMessage(), e);
                            }
                        });
        state = values.path(STATE).map(file -> open(file, line, options));
        Optional<Mounts> mounts = mounts(values);
        own = new FileSelection(options.filter(), options.isAllowing(), mounts, since, state);
        others = new FileSelection(options.filter(), false, mounts, since, state);
        repositories =
                since.isEmpty()
                        ? new GitRepositories(options.filter())
                        : new GitRepositories(
                                options.filter(),
                                new HistorySelection(
                                        List.of(), List.of(), since, Optional.empty(), false),
                                List.of(),
                                Optional.empty());
    }

    static void addTo(Options options) {
        List.of(
                        option(
                                SINCE,
                                "DATE",
                                "Only files modified, and what commits brought in, from DATE on: 2026-01-31,"
                                        + " 2026-01-31T12:00:00Z, P2W or '2 weeks ago'."),
                        option(
                                STATE,
                                "FILE",
                                "Remember in FILE which files were searched, and the next time search and report only what"
                                        + " is new in them. Histories are searched each time."),
                        flag(
                                ONE_FILE_SYSTEM,
                                "Do not enter file systems that are mounted below TARGET."),
                        flag(NO_NETWORK_FILES, "Do not enter those that lie on other machines."))
                .forEach(options::addOption);
    }

    private static FolderState open(Path file, CommandLine line, ScanOptions options) {
        StateOption.requireFolder(file);
        try {
            FolderState state = FolderState.open(file, DetectorIdentity.of(line, options));
            if (!options.quiet()) {
                StateOption.tell(state.notice(), state.isNew(), file);
            }
            return state;
        } catch (IOException e) {
            throw new UsageException("--state " + file + ": " + FailureText.of(e), e);
        }
    }

    /// Read only where it may matter: what the kernel makes up is mounted in folders of the root.
    private static Optional<Mounts> mounts(OptionValues values) {
        boolean isRoot =
                values.line().getArgList().stream()
                        .anyMatch(target -> target.startsWith("/") && target.indexOf('/', 1) < 0);
        if (!isRoot && !values.has(ONE_FILE_SYSTEM) && !values.has(NO_NETWORK_FILES)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Mounts.read(!values.has(ONE_FILE_SYSTEM), !values.has(NO_NETWORK_FILES)));
        } catch (IOException e) {
            throw new UsageException("cannot tell what is mounted: " + FailureText.of(e), e);
        }
    }

    GitRepositories repositories() {
        return repositories;
    }

    FileSelection selectionFor(Path target) {
        return target.startsWith(Path.of("").toAbsolutePath()) ? own : others;
    }

    List<Attribution> attributions() {
        List<Attribution> all = new ArrayList<>(own.attributions());
        all.addAll(others.attributions());
        all.add(repositories);
        all.add(new FileAges());
        own.memory().ifPresent(all::add);
        return all;
    }

    /// Says what was left out, and keeps what was searched.
    ///
    /// @throws IOException if the state cannot be written
    void finish(ScanReport report, PrintStream err) throws IOException {
        if (own.ignored() > 0 && !options.quiet()) {
            err.println(
                    "jwtrawl: .jwtrawlignore left out "
                            + Summary.count(own.ignored(), "path")
                            + "; --no-allow searches "
                            + (own.ignored() == 1 ? "it" : "them")
                            + " too");
        }
        if (state.isPresent()) {
            state.get().remember(report);
        }
    }
}
