package io.jwtrawl.rules;

/// Whom a token speaks for.
public enum SubjectKind {
    HUMAN,
    MACHINE,
    UNKNOWN
}
