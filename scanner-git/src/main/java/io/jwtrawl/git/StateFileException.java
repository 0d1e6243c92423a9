package io.jwtrawl.git;

import java.io.IOException;

/// A file is no state, or cannot be read or written as one.
public final class StateFileException extends IOException {

    private static final long serialVersionUID = 1;

    StateFileException(String message) {
        super(message);
    }
}
