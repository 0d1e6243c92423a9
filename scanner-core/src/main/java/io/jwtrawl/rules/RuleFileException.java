package io.jwtrawl.rules;

/// A rule or policy file that cannot be used; the message says `file: entry: problem`.
public final class RuleFileException extends RuntimeException {

    public RuleFileException(String file, String problem) {
        super(file + ": " + problem);
    }

    public RuleFileException(String file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
    }
}
