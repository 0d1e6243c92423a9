package io.jwtrawl.cli;

import io.jwtrawl.git.GitRepositories;
import io.jwtrawl.git.HistorySelection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a push takes to a remote, by the lines that Git writes to a `pre-push` hook: `LOCAL-REF ID REMOTE-REF ID`.
final class PushedRefs {

    private static final int WORDS = 4;

    private PushedRefs() {}

    /// The commits that are pushed, and that the remote does not have as far as is known here.
    ///
    /// @param gitArguments the name of the remote, and its URL
    /// @return empty if nothing is pushed, as when a branch is deleted
    static Optional<HistorySelection> selection(
            Path repository,
            List<String> gitArguments,
            Map<String, String> environment,
            InputStream in)
            throws IOException {
        List<String> pushed = new ArrayList<>();
        List<String> there = new ArrayList<>();
        // The pre-commit framework has read the lines itself.
        Optional.ofNullable(environment.get("PRE_COMMIT_TO_REF")).ifPresent(pushed::add);
        Optional.ofNullable(environment.get("PRE_COMMIT_FROM_REF")).ifPresent(there::add);
        if (pushed.isEmpty()) {
            var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.strip().split(" ");
                if (words.length == WORDS) {
                    pushed.add(words[1]);
                    there.add(words[3]);
                } else if (!line.isBlank()) {
                    throw new UsageException(
                            "a line is not 'REF ID REF ID', as Git writes them to a pre-push hook");
                }
            }
        }
        pushed.removeIf(PushedRefs::isZero);
        if (pushed.isEmpty()) {
            return Optional.empty();
        }
        String remote = gitArguments.isEmpty() ? "" : gitArguments.getFirst();
        List<String> ranges = new ArrayList<>(pushed);
        for (String id : GitRepositories.known(repository, there, remote)) {
            ranges.add("^" + id);
        }
        return Optional.of(
                new HistorySelection(ranges, List.of(), Optional.empty(), Optional.empty(), false));
    }

    private static boolean isZero(String id) {
        return id.chars().allMatch(digit -> digit == '0');
    }
}
