package io.jwtrawl.git.objects;

import java.io.IOException;

/// An object that is nowhere.
public final class MissingObjectException extends IOException {
    private static final long serialVersionUID = 1;

    public MissingObjectException() {
        super("object is missing");
    }
}
