package io.jwtrawl.git;

import io.jwtrawl.source.Provenance;
import io.jwtrawl.token.Sighting;
import io.jwtrawl.token.TokenId;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Tells which files are only Git's own copies of messages that are reported as such: the draft, and the logs of what refs
/// led to.
final class MessageCopies {

    private final KnownRepositories known;
    private final Map<Path, Set<TokenId>> inMessages = new HashMap<>();

    MessageCopies(KnownRepositories known) {
        this.known = known;
    }

    /// @param places that were found in the history of `home`
    void add(GitRepository home, List<Sighting> places) {
        inMessages.put(home.identity(), tokensInMessages(places));
    }

    private static Set<TokenId> tokensInMessages(List<Sighting> places) {
        Set<TokenId> tokens = new HashSet<>();
        for (Sighting place : places) {
            if (place.provenance().outermost() instanceof Provenance.GitMessage) {
                tokens.add(place.token().id());
            }
        }
        return tokens;
    }

    boolean isCopy(Sighting sighting) {
        if (!(sighting.provenance().outermost() instanceof Provenance.LocalFile(_, var file))) {
            return false;
        }
        for (var entry : inMessages.entrySet()) {
            if (entry.getValue().contains(sighting.token().id())) {
                for (GitRepository location : known.worktrees(entry.getKey())) {
                    Path common = location.commonFolder();
                    if (file.startsWith(common) && isCopyOfMessage(common.relativize(file))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean isCopyOfMessage(Path inGitFolder) {
        Path own =
                inGitFolder.startsWith("worktrees") && inGitFolder.getNameCount() > 2
                        ? inGitFolder.subpath(2, inGitFolder.getNameCount())
                        : inGitFolder;
        return own.startsWith("logs")
                || own.equals(Path.of("COMMIT_EDITMSG"))
                || own.equals(Path.of("MERGE_MSG"))
                || own.equals(Path.of("TAG_EDITMSG"));
    }
}
