package io.jwtrawl.verify;

import java.io.IOException;

/// Something could not be had from a server. The message goes on from a word for what was asked: "answered 404".
final class FetchException extends IOException {

    private static final long serialVersionUID = 1;

    FetchException(String message) {
        super(message);
    }

    FetchException(String message, Throwable cause) {
        super(message, cause);
    }
}
