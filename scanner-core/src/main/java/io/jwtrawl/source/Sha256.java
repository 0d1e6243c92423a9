package io.jwtrawl.source;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The hash by which files, tokens and findings are known again.
public final class Sha256 {

    private Sha256() {}

    /// A new one, that has taken in nothing.
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
