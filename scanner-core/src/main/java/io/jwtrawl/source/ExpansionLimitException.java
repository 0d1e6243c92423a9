package io.jwtrawl.source;

import java.io.IOException;

/// One of the [ExpansionLimits] was reached.
public final class ExpansionLimitException extends IOException {

    private static final long serialVersionUID = 1;

    /// @param limit which one, for a sentence about the container
    public ExpansionLimitException(String limit) {
        super(limit);
    }
}
