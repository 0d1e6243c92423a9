package io.jwtrawl.source;

import java.time.Instant;

/// Who wrote a commit, and when: the author fields of the commit object, which nobody verified.
public record Authorship(String commit, String author, String email, Instant authored) {}
