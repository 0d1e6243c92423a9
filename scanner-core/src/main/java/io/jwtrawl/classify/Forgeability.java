package io.jwtrawl.classify;

/// Whether anybody can make more tokens like this one.
public enum Forgeability {
    NO,
    ALG_NONE,
    WEAK_SECRET,
    UNKNOWN
}
