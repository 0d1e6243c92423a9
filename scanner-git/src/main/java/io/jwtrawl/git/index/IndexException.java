package io.jwtrawl.git.index;

import java.io.IOException;

/// An index that cannot be read: damaged, or of a kind that is not known here.
public final class IndexException extends IOException {

    IndexException(String message) {
        super(message);
    }
}
