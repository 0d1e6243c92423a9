package io.jwtrawl.cli;

import static io.jwtrawl.cli.OptionValues.option;

import io.jwtrawl.git.SearchState;
import io.jwtrawl.git.StateFileException;
import io.jwtrawl.source.FailureText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/// `--state FILE`.
final class StateOption {

    private static final String STATE = "state";

    private StateOption() {}

    static void addTo(Options options) {
        options.addOption(
                option(
                        STATE,
                        "FILE",
                        "Remember in FILE what was searched, and the next time search and report only what is new."));
    }

    static Optional<String> given(CommandLine line) {
        return line.hasOption(STATE) ? Optional.of(STATE) : Optional.empty();
    }

    static Optional<SearchState> open(CommandLine line, ScanOptions options) {
        Optional<Path> file = new OptionValues(line).path(STATE);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        HistoryOptions.narrowing(line)
                .ifPresent(other -> {
                    throw new UsageException("--" + STATE + ": not together with --" + other);
                });
        requireFolder(file.get());
        try {
            SearchState state = SearchState.open(file.get(), DetectorIdentity.of(line, options));
            if (!options.quiet()) {
                tell(state.notice(), state.isNew(), file.get());
            }
            return Optional.of(state);
        } catch (StateFileException e) {
            throw new UsageException("--" + STATE + " " + file.get() + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UsageException(
                    "--" + STATE + " " + file.get() + ": cannot be read: " + FailureText.of(e), e);
        }
    }

    /// A state that cannot be written is told before a long scan.
    static void requireFolder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new UsageException("--" + STATE + " " + file + ": no such folder");
        }
    }

    static void tell(Optional<String> notice, boolean isNew, Path file) {
        notice.ifPresentOrElse(
                why ->
                        System.err.println(
                                "jwtrawl: the state in "
                                        + file
                                        + " cannot be used, "
                                        + why
                                        + ": everything is searched and reported again"),
                () -> {
                    if (!isNew) {
                        System.err.println(
                                "jwtrawl: reports only what is new since the scan that "
                                        + file
                                        + " remembers");
                    }
                });
    }
}
