package io.jwtrawl.rules;

import java.util.Locale;

/// Why a token is rated as it is. A policy gives each its points and the standards that speak of it.
public enum ReasonCode {
    NO_EXPIRY,
    VALID,
    NOT_YET_VALID,
    EXPIRED_RECENTLY,
    EXPIRED,
    UNREADABLE,
    EXPOSED_WHILE_VALID,
    EXPOSED_BEFORE,
    PRIVILEGE_ADMIN,
    PRIVILEGE_WRITE,
    PRIVILEGE_READ,
    PRIVILEGE_PUBLIC,
    PRIVILEGE_UNKNOWN,
    THIN_CLAIMS,
    MACHINE,
    REFRESH_TOKEN,
    LONG_LIVED,
    LONG_REMAINING,
    ALG_NONE,
    WEAK_SECRET,
    EMPTY_SIGNATURE,
    SENDER_KEY,
    SMALL_KEY,
    KID_INJECTION,
    UNKNOWN_CRIT,
    SECRET_IN_CLAIMS,
    ALGORITHM_NOT_ALLOWED,
    UNTRUSTED_ISSUER,
    MISSING_CLAIMS,
    BROAD_AUDIENCE,
    PERSONAL_DATA,
    ODD_DATES,
    PUBLISHED_SAMPLE,
    PARTIAL,
    SIGNATURE_MISFIT,
    VERIFIED,
    BAD_SIGNATURE,
    KEY_GONE,
    INACTIVE,
    NOT_VERIFIED,
    CONTEXT,
    CAPPED;

    /// Whether it counts only while the token works, or did within the look-back window.
    public boolean isHygiene() {
        return switch (this) {
            case ALGORITHM_NOT_ALLOWED,
                    UNTRUSTED_ISSUER,
                    MISSING_CLAIMS,
                    BROAD_AUDIENCE,
                    PERSONAL_DATA,
                    ODD_DATES ->
                    true;
            default -> false;
        };
    }

    /// As policies and reports spell it, such as `no-expiry`.
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The reason that stands for a privilege.
    public static ReasonCode of(Privilege privilege) {
        return switch (privilege) {
            case ADMIN -> PRIVILEGE_ADMIN;
            case WRITE -> PRIVILEGE_WRITE;
            case READ -> PRIVILEGE_READ;
            case PUBLIC -> PRIVILEGE_PUBLIC;
            case UNKNOWN -> PRIVILEGE_UNKNOWN;
        };
    }
}
