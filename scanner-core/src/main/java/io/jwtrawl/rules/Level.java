package io.jwtrawl.rules;

/// How bad a finding is, from least to worst.
public enum Level {
    INFO,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL
}
