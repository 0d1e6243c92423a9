package io.jwtrawl.source;

import java.time.Instant;
import java.util.Optional;

/// Who wrote a commit, and who put it into the repository, and when: what the commit object says, which nobody verified.
///
/// @param authored absent where the commit holds no date, or an absurd one
/// @param committed likewise
public record Authorship(
        String commit,
        String author,
        String email,
        Optional<Instant> authored,
        String committer,
        String committerEmail,
        Optional<Instant> committed) {

    /// Written and committed by the same person at the same time, as a tag is.
    public Authorship(String commit, String author, String email, Optional<Instant> authored) {
        this(commit, author, email, authored, author, email, authored);
    }
}
