package io.jwtrawl.cli;

import io.jwtrawl.source.PathText;
import io.jwtrawl.token.Redaction;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/// The command `jwtrawl`: reads arguments, runs a command, exits.
@Command(
        name = "jwtrawl",
        header = "Find leaked JSON Web Tokens, decode them and rate how exposed each one is.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        versionProvider = Version.class,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:complete, and nothing at or above --fail-on",
            "1:something at or above --fail-on",
            "2:wrong usage or configuration",
            "3:nothing at or above --fail-on, but something could not be searched",
        })
public final class Main implements Runnable {

    private static final SequencedMap<String, Supplier<?>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("scan", ScanCommand::new);
        COMMANDS.put("git", GitCommand::new);
        COMMANDS.put("inspect", InspectCommand::new);
        COMMANDS.put("rules", RulesCommand::new);
    }

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine(arguments).execute(arguments));
    }

    /// With all commands, or with the one that `arguments` begin with: the others would cost a tenth of a second.
    static CommandLine commandLine(String... arguments) {
        var commandLine = new CommandLine(new Main());
        Supplier<?> wanted = arguments.length == 0 ? null : COMMANDS.get(arguments[0]);
        if (wanted != null) {
            commandLine.addSubcommand(wanted.get());
        } else {
            COMMANDS.values().forEach(command -> commandLine.addSubcommand(command.get()));
        }
        Converters.register(commandLine);
        commandLine.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        commandLine.setParameterExceptionHandler(Main::wrongUsage);
        commandLine.setExecutionExceptionHandler((e, command, _) -> failed(e, command));
        return commandLine;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "a command is missing: scan, git, inspect or rules");
    }

    private static int wrongUsage(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        complain(
                command,
                e.getMessage()
                        + " (see "
                        + command.getCommandSpec().qualifiedName(" ")
                        + " --help)");
        return ExitCode.USAGE;
    }

    private static int failed(Exception e, CommandLine command) {
        if (e instanceof UsageException) {
            complain(command, e.getMessage());
        } else {
            LoggerFactory.getLogger(Main.class).error("unexpected failure", e);
        }
        return ExitCode.USAGE;
    }

    private static void complain(
            CommandLine command, @org.jspecify.annotations.Nullable String message) {
        String line =
                String.valueOf(message)
                        .lines()
                        .map(PathText::escape)
                        .reduce((a, b) -> a + "\n" + b)
                        .orElse("");
        command.getErr().println("jwtrawl: " + Redaction.redact(line));
    }
}
