package io.jwtrawl.cli;

import static io.jwtrawl.cli.OptionValues.flag;

import io.jwtrawl.source.FailureText;
import io.jwtrawl.source.PathText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/// `jwtrawl hook install`.
final class InstallHookCommand implements Command {

    private static final String GLOBAL = "global";

    /// Those that a folder for all repositories would otherwise hide.
    private static final List<String> PASSED_ON =
            List.of(
                    "applypatch-msg",
                    "commit-msg",
                    "post-applypatch",
                    "post-checkout",
                    "post-commit",
                    "post-merge",
                    "post-receive",
                    "post-rewrite",
                    "post-update",
                    "pre-applypatch",
                    "pre-auto-gc",
                    "pre-commit",
                    "pre-merge-commit",
                    "pre-push",
                    "pre-rebase",
                    "pre-receive",
                    "prepare-commit-msg",
                    "push-to-checkout",
                    "sendemail-validate",
                    "update");

    @Override
    public String name() {
        return "hook install";
    }

    @Override
    public String header() {
        return "Let Git search what is committed, pushed or received.";
    }

    @Override
    public String operands() {
        return "[pre-commit|pre-push|pre-receive|update]";
    }

    @Override
    public List<String> description() {
        return List.of(
                "Installs the hook into the repository around the current folder. Default: pre-commit. A hook that is"
                        + " there already is kept and goes on being run, after this one.");
    }

    @Override
    public List<String> examples() {
        return List.of(
                "jwtrawl hook install               before every commit",
                "jwtrawl hook install pre-push      before every push",
                "jwtrawl hook install --global      before every commit in any repository");
    }

    @Override
    public Options options() {
        var options = new Options();
        options.addOption(
                flag(
                        GLOBAL,
                        "For all repositories of this user (core.hooksPath), whose own hooks run as well."));
        RunHookCommand.addTo(options);
        return options;
    }

    @Override
    public int run(CommandLine line) {
        var values = new OptionValues(line);
        HookOptions hook = RunHookCommand.read(line);
        Path current = Path.of("").toAbsolutePath();
        boolean isGlobal = values.has(GLOBAL);
        HookFolder folder =
                isGlobal ? HookFolder.global(current) : HookFolder.ofRepository(current);
        var file = new HookFile(folder.path().resolve(hook.kind().gitName()), folder.isHusky());
        String arguments = RunHookCommand.arguments(line, current);
        try {
            boolean chained = false;
            if (folder.isHusky()) {
                file.join(
                        "command -v jwtrawl >/dev/null 2>&1 || echo 'jwtrawl: not on the PATH, nothing was searched' >&2\n"
                                + "! command -v jwtrawl >/dev/null 2>&1 || jwtrawl hook run "
                                + hook.kind().gitName()
                                + arguments
                                + " -- \"$@\" || exit $?\n");
            } else {
                HookScript.Program program = program();
                chained =
                        file.install(
                                HookScript.of(
                                        hook.kind(),
                                        arguments,
                                        hook.strict(),
                                        program,
                                        folder.isOurs()));
                if (program.cache().isEmpty()) {
                    System.err.println(
                            "jwtrawl: the hook will start slower than it could: no cache can be written");
                }
            }
            if (folder.isOurs()) {
                for (String other : PASSED_ON) {
                    var passing = new HookFile(folder.path().resolve(other), false);
                    if (!passing.isInstalled()) {
                        passing.install(HookScript.passing(other));
                    }
                }
            }
            if (isGlobal) {
                folder.announce(current);
            }
            System.err.println(
                    "jwtrawl: installed "
                            + PathText.of(file.path())
                            + (chained ? "; the hook that was there runs after it" : ""));
        } catch (IOException e) {
            throw new UsageException("cannot install " + file.path() + ": " + FailureText.of(e), e);
        }
        folder.neighbours(current).forEach(note -> System.err.println("jwtrawl: " + note));
        return ExitCode.CLEAN;
    }

    private static HookScript.Program program() throws IOException {
        Path home = Installation.home();
        Path java = Installation.java();
        return new HookScript.Program(home, java, HookCache.ensure(home, java));
    }
}
