package io.jwtrawl.rules;

/// What a token lets its bearer do, from most to least; unknown is never taken for harmless.
public enum Privilege {
    ADMIN,
    WRITE,
    READ,
    PUBLIC,
    UNKNOWN
}
