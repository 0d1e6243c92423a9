package io.jwtrawl.cli;

import java.util.Locale;

/// The Git hooks that tokens are looked for in.
///
/// Each says what it stops, by which command, and how all of it can be told; on a server nobody can let one pass.
enum HookKind {
    PRE_COMMIT("commit", "git commit", "jwtrawl git --staged"),
    PRE_PUSH("push", "git push", "jwtrawl git --range @{upstream}.."),
    PRE_RECEIVE("push", "", "jwtrawl git"),
    UPDATE("push", "", "jwtrawl git");

    private final String what;
    private final String command;
    private final String all;

    HookKind(String what, String command, String all) {
        this.what = what;
        this.command = command;
        this.all = all;
    }

    /// What the hook stops, as in "the commit".
    String what() {
        return what;
    }

    /// The command that it stops; empty if whoever gave it is elsewhere.
    String command() {
        return command;
    }

    /// The command that tells all that the hook has found.
    String all() {
        return all;
    }

    /// As Git calls it, such as `pre-commit`.
    String gitName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Whether Git writes to its standard input.
    boolean reads() {
        return this == PRE_PUSH || this == PRE_RECEIVE;
    }

    static HookKind of(String gitName) {
        for (HookKind kind : values()) {
            if (kind.gitName().equals(gitName)) {
                return kind;
            }
        }
        throw new UsageException(
                "no hook '" + gitName + "': there are pre-commit, pre-push, pre-receive, update");
    }
}
