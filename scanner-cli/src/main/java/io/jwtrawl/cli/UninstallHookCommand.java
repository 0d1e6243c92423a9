package io.jwtrawl.cli;

import static io.jwtrawl.cli.OptionValues.flag;

import io.jwtrawl.source.FailureText;
import io.jwtrawl.source.PathText;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/// `jwtrawl hook uninstall`.
final class UninstallHookCommand implements Command {

    private static final String GLOBAL = "global";

    @Override
    public String name() {
        return "hook uninstall";
    }

    @Override
    public String header() {
        return "Remove a hook, and put back what was there before.";
    }

    @Override
    public String operands() {
        return "[pre-commit|pre-push|pre-receive|update]";
    }

    @Override
    public Options options() {
        var options = new Options();
        options.addOption(flag(GLOBAL, "The hooks for all repositories of this user."));
        return options;
    }

    @Override
    public int run(CommandLine line) {
        HookKind kind = RunHookCommand.kind(line);
        Path current = Path.of("").toAbsolutePath();
        boolean isGlobal = line.hasOption(GLOBAL);
        HookFolder folder =
                isGlobal ? HookFolder.global(current) : HookFolder.ofRepository(current);
        var file = new HookFile(folder.path().resolve(kind.gitName()), folder.isHusky());
        try {
            boolean removed = folder.isOurs() ? removeAll(folder) : file.uninstall();
            if (folder.isOurs()) {
                folder.withdraw(current);
            }
            System.err.println(
                    removed
                            ? "jwtrawl: removed "
                                    + PathText.of(folder.isOurs() ? folder.path() : file.path())
                            : "jwtrawl: nothing to remove: "
                                    + PathText.of(file.path())
                                    + " is not ours");
        } catch (IOException e) {
            throw new UsageException("cannot remove " + file.path() + ": " + FailureText.of(e), e);
        }
        return ExitCode.CLEAN;
    }

    /// Of the folder that JWTrawl made, all that it put there.
    private static boolean removeAll(HookFolder folder) throws IOException {
        if (!Files.isDirectory(folder.path())) {
            return false;
        }
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.path())) {
            entries.forEach(files::add);
        }
        boolean removed = false;
        for (Path path : files) {
            removed |= new HookFile(path, false).uninstall();
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder.path())) {
            if (!left.iterator().hasNext()) {
                Files.delete(folder.path());
            }
        }
        return removed;
    }
}
