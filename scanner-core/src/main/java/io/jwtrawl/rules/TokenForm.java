package io.jwtrawl.rules;

/// The serialization that a token was found in; the names of RFC 7515, RFC 7516 and RFC 9901.
public enum TokenForm {
    /// Signed, compact (RFC 7515, section 7.1).
    JWS,
    /// Encrypted, compact (RFC 7516, section 7.1).
    JWE,
    /// `alg` none (RFC 7519, section 6).
    UNSECURED,
    /// Signed, the payload left out (RFC 7515, appendix F).
    DETACHED,
    /// Signed, as a JSON object (RFC 7515, section 7.2).
    JWS_JSON,
    /// Encrypted, as a JSON object (RFC 7516, section 7.2).
    JWE_JSON,
    /// Signed, with disclosures behind it (RFC 9901).
    SD_JWT,
    /// Not a JWT: JSON in base64 with a vendor's prefix.
    WRAPPED
}
