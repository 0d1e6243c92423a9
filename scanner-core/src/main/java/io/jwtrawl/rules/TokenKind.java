package io.jwtrawl.rules;

/// What a token is for, as its issuer uses it.
public enum TokenKind {
    ACCESS_TOKEN,
    ID_TOKEN,
    REFRESH_TOKEN,
    SESSION,
    SERVICE_CREDENTIAL,
    CLIENT_ASSERTION,
    UNKNOWN
}
