package io.jwtrawl.verify;

/// There are no keys to check a token with. The message says why, on one line, in our words.
public final class KeysUnavailableException extends Exception {

    KeysUnavailableException(String message) {
        super(message);
    }

    KeysUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
