package io.jwtrawl.cli;

/// Wrong usage or configuration: one line that says what, and how to mend it.
final class UsageException extends RuntimeException {

    UsageException(String message) {
        super(message);
    }

    UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
