package io.jwtrawl.git;

import java.io.IOException;

/// A revision that the repository does not have, or that is not understood here.
public final class RevisionException extends IOException {

    private static final long serialVersionUID = 1;

    RevisionException(String message) {
        super(message);
    }
}
