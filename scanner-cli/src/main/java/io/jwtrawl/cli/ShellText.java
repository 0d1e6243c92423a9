package io.jwtrawl.cli;

/// Text in scripts for a POSIX shell.
final class ShellText {

    private ShellText() {}

    /// One word, whatever is in it.
    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
