package io.jwtrawl.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What earlier scans searched, kept in a file from one scan to the next, so that the next one reads and reports only
/// what is new.
public final class SearchState {

    private final Path file;
    private final String detector;
    private final Map<String, RepositoryMemory> repositories;
    private final Optional<String> notice;
    private boolean isChanged;

    private SearchState(
            Path file,
            String detector,
            Map<String, RepositoryMemory> repositories,
            Optional<String> notice) {
        this.file = file;
        this.detector = detector;
        this.repositories = new HashMap<>(repositories);
        this.notice = notice;
    }

    /// @param file need not be there yet
    /// @param detector stands for the rules and the program that look for tokens: what others searched counts for nothing
    /// @throws StateFileException if the file is something else than a state
    public static SearchState open(Path file, String detector) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS) || isEmpty(file)) {
            return new SearchState(file, detector, Map.of(), Optional.empty());
        }
        try {
            StateFile.Contents contents = StateFile.read(file);
            return contents.detector().equals(detector)
                    ? new SearchState(file, detector, contents.repositories(), Optional.empty())
                    : new SearchState(
                            file,
                            detector,
                            Map.of(),
                            Optional.of(
                                    "it is of other rules, options or another version of jwtrawl"));
        } catch (StateFile.DamagedException e) {
            return new SearchState(file, detector, Map.of(), Optional.of("it is damaged"));
        }
    }

    private static boolean isEmpty(Path file) throws IOException {
        return Files.isRegularFile(file) && Files.size(file) == 0;
    }

    /// Why everything is searched again, though there is a state; for a sentence about the file.
    public Optional<String> notice() {
        return notice;
    }

    /// Whether nothing was searched before, as far as is known.
    public boolean isNew() {
        return repositories.isEmpty();
    }

    RepositoryMemory of(Path identity) {
        return repositories.getOrDefault(identity.toString(), RepositoryMemory.NOTHING);
    }

    void remember(Path identity, RepositoryMemory memory) {
        RepositoryMemory old = repositories.put(identity.toString(), memory);
        isChanged |= !memory.equals(old);
    }

    /// Writes the file anew, readable by its owner only.
    void save() throws IOException {
        if (!isChanged) {
            return;
        }
        StateFile.write(file, new StateFile.Contents(detector, repositories));
    }
}
