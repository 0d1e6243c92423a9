package io.jwtrawl.verify;

/// A key, or a set of them, that cannot be used. The message says why, on one line; it quotes nothing of the key.
public final class KeyFormatException extends Exception {

    KeyFormatException(String message) {
        super(message);
    }

    KeyFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
