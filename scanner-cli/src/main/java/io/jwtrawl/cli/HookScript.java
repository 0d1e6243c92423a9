package io.jwtrawl.cli;

import java.nio.file.Path;
import java.util.Optional;

/// The script that Git runs: starts Java at once, without the launcher, and then what was there before it.
///
/// Whatever goes wrong with Java itself stops nothing, unless the hook is strict: only the exit code of [HookMain#STOPPED]
/// does.
final class HookScript {

    /// In the second line of every script, so that one is known again.
    static final String MARK = "made by `jwtrawl hook install`";

    /// What the file is called that was there before.
    static final String CHAINED = ".jwtrawl-chained";

    private HookScript() {}

    /// What a script starts.
    ///
    /// @param home where the distribution is
    /// @param java the program
    /// @param cache what it starts faster with
    record Program(Path home, Path java, Optional<Path> cache) {}

    /// @param arguments for `hook run`, apart from the kind
    /// @param isGlobal whether it stands in the way of the hooks that repositories have, which it runs too
    static String of(
            HookKind kind, String arguments, boolean strict, Program program, boolean isGlobal) {
        String input =
                kind.reads()
                        ? """
                        # Git's lines are for everybody.
                        input=$(cat)
                        say() { [ -z "$input" ] || printf '%s\\n' "$input"; }
                        """
                        : "say() { :; }\n";
        String read = kind.reads() ? "say | " : "";
        String stop =
                strict
                        ? "echo \"jwtrawl: the hook failed ($1); stopped, as --strict asks for\" >&2; exit 1"
                        : "echo \"jwtrawl: the hook failed ($1); the "
                                + kind.what()
                                + " goes on\" >&2";
        return """
        #!/bin/sh
        # %1$s; `jwtrawl hook uninstall` puts back what was here before.
        %2$shome=%3$s
        java=%4$s
        cache=%5$s
        failed() { %6$s; }
        # In the C locale Java cannot open a file whose name is not ASCII.
        case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
          *[Uu][Tt][Ff]-8* | *[Uu][Tt][Ff]8*) locale=${LC_ALL:-} ;;
          *) locale=C.UTF-8 ;;
        esac
        if [ -n "${%7$s:-}" ]; then
          echo "jwtrawl: nothing was searched, as %7$s asks for" >&2
        elif [ -f "$cache" ] && [ -x "$java" ] && [ -f "$home/lib/jwtrawl.jar" ]; then
          %8$sLC_ALL=$locale "$java" %9$s \\
            "-XX:AOTCache=$cache" "-Djwtrawl.native=$home/lib/libjwtrawl.so" \\
            -cp "$home/lib/jwtrawl.jar" io.jwtrawl.cli.HookMain %10$s%11$s -- "$@"
          status=$?
          case $status in
            0) ;;
            %12$d) exit 1 ;;
            *) failed "exit code $status" ;;
          esac
        elif [ -x "$home/bin/jwtrawl" ]; then
          %8$s"$home/bin/jwtrawl" hook run %10$s%11$s -- "$@"
          status=$?
          case $status in
            0) ;;
            1) exit 1 ;;
            *) failed "exit code $status" ;;
          esac
        else
          failed "$home is gone"
        fi
        %13$s\
        """
                .formatted(
                        MARK,
                        input,
                        quoted(program.home()),
                        quoted(program.java()),
                        program.cache().map(HookScript::quoted).orElse("''"),
                        stop,
                        HookRun.SKIP,
                        read,
                        HookCache.FLAGS,
                        kind.gitName(),
                        arguments,
                        HookMain.STOPPED,
                        isGlobal
                                ? repositoryHook(kind.gitName(), read)
                                : chained(kind.gitName(), read));
    }

    /// One that does nothing but run the hook of the repository: where `core.hooksPath` is set, Git no longer does.
    static String passing(String gitName) {
        return """
        #!/bin/sh
        # %s: runs what the repository has.
        %s\
        """
                .formatted(MARK, repositoryHook(gitName, ""));
    }

    /// By its own name, as other tools rename this script and go on running it.
    private static String chained(String gitName, String read) {
        return """
        chained=${0%%/*}/%1$s%2$s
        if [ -x "$chained" ]; then
          %3$s"$chained" "$@" || exit $?
        fi
        exit 0
        """
                .formatted(gitName, CHAINED, read);
    }

    private static String repositoryHook(String gitName, String read) {
        return """
        if [ -x "$0%3$s" ]; then
          %2$s"$0%3$s" "$@" || exit $?
        fi
        folder=${GIT_DIR:-.git}
        [ -d "$folder" ] || folder=$(git rev-parse --git-dir) || exit 0
        [ ! -f "$folder/commondir" ] || folder=$(git rev-parse --git-common-dir)
        if [ -x "$folder/hooks/%1$s" ]; then
          %2$s"$folder/hooks/%1$s" "$@" || exit $?
        fi
        exit 0
        """
                .formatted(gitName, read, CHAINED);
    }

    /// For the shell, whatever is in it.
    static String quoted(Path path) {
        return ShellText.quoted(path.toString());
    }
}
