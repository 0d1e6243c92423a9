package io.jwtrawl.classify;

/// Whether a token works at the scan's instant, as far as its claims say.
public enum ExposureState {
    VALID,
    EXPIRED,
    NOT_YET_VALID,
    NO_EXPIRY,
    UNREADABLE
}
