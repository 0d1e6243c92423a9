package io.jwtrawl.cli;

/// What the process tells its caller.
final class ExitCode {

    /// The scan is complete and nothing is as bad as `--fail-on`.
    static final int CLEAN = 0;

    /// Something is.
    static final int FOUND = 1;

    /// Wrong usage or configuration.
    static final int USAGE = 2;

    /// Nothing is, but something could not be searched.
    static final int INCOMPLETE = 3;

    /// Interrupted by the user: 128 and the number of SIGINT.
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
