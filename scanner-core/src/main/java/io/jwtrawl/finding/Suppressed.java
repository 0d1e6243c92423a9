package io.jwtrawl.finding;

/// A finding that may stay.
///
/// @param justification why, on one line; may hold what a comment says, which is as untrusted as all that is searched
public record Suppressed(Finding finding, By by, String justification) {

    /// What lets it be.
    public enum By {
        /// A comment on the line of the token.
        COMMENT,
        /// `.jwtrawlignore`.
        IGNORE_FILE,
        /// An entry of `jwtrawl.yaml`.
        CONFIG,
        /// It was known before.
        BASELINE
    }
}
