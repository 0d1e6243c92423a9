package io.jwtrawl.rules;

/// The serialization that a token was found in; the names of RFC 7515 and RFC 7516.
public enum TokenForm {
    JWS,
    JWE,
    UNSECURED
}
