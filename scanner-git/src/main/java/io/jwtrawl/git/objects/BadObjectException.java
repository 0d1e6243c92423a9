package io.jwtrawl.git.objects;

import java.io.IOException;

/// An object, or a file that holds objects, that is not what it should be. The message says how, and names no object.
public final class BadObjectException extends IOException {
    private static final long serialVersionUID = 1;

    public BadObjectException(String message) {
        super(message);
    }

    public BadObjectException(String message, Throwable cause) {
        super(message, cause);
    }
}
