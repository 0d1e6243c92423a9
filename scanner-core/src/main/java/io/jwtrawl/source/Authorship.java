package io.jwtrawl.source;

import java.time.Instant;
import java.util.Optional;

/// Who wrote a commit, and when: the author fields of the commit object, which nobody verified.
///
/// @param authored absent where the commit holds no date, or an absurd one
public record Authorship(String commit, String author, String email, Optional<Instant> authored) {}
