package io.jwtrawl.cli;

import io.jwtrawl.source.FailureText;
import io.jwtrawl.source.PathText;
import io.jwtrawl.token.Redaction;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.commons.cli.AlreadySelectedException;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;
import org.slf4j.LoggerFactory;

/// The command line: `jwtrawl COMMAND …`.
public final class Main {

    private static final String HELP = "help";
    private static final String VERSION = "version";

    /// Set by the build, in the run whose loaded classes are kept.
    private static final String TRAINING = "JWTRAWL_MAKE_AOT";

    /// By name. Made when they are needed: start-up time is what a small scan takes.
    private static final Map<String, Supplier<Command>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("scan", ScanCommand::new);
        COMMANDS.put("git", GitCommand::new);
        COMMANDS.put("hook install", InstallHookCommand::new);
        COMMANDS.put("hook run", RunHookCommand::new);
        COMMANDS.put("hook uninstall", UninstallHookCommand::new);
        COMMANDS.put("baseline import", ImportBaselineCommand::new);
        COMMANDS.put("inspect", InspectCommand::new);
        COMMANDS.put("verify", VerifyCommand::new);
        COMMANDS.put("rules list", ListRulesCommand::new);
        COMMANDS.put("rules test", TestRulesCommand::new);
        COMMANDS.put("init", InitCommand::new);
        COMMANDS.put("warm-up", WarmUpCommand::new);
        COMMANDS.put("completion", CompletionCommand::new);
        COMMANDS.put("man", ManCommand::new);
    }

    private Main() {}

    /// All that there are.
    static List<Command> commands() {
        return COMMANDS.values().stream().map(Supplier::get).toList();
    }

    public static void main(String[] arguments) {
        int status;
        try {
            StandardOutput.install();
            if (System.getenv(TRAINING) != null) {
                Training.run();
            }
            status = run(arguments);
            Optional<String> failure = StandardOutput.printFailure();
            if (failure.isPresent()) {
                status = complain("cannot write to standard output: " + failure.get());
            }
        } catch (Throwable e) {
            // Java would end with 1, which says that something was found.
            status = complain(FailureText.of(e));
        }
        System.out.flush();
        System.err.flush();
        if (status == ExitCode.INTERRUPTED) {
            System.exit(status); // waits while the JVM ends with the signal's own code
        }
        // All is written and closed. An exit would first look into every jar for a logger that may
        // want to be told.
        Runtime.getRuntime().halt(status);
    }

    static int run(String[] arguments) throws Exception {
        String first = arguments.length == 0 ? "" : arguments[0];
        if (first.equals(HELP) && arguments.length > 1) {
            String[] helped = Arrays.copyOfRange(arguments, 1, arguments.length + 1);
            helped[arguments.length - 1] = "--help";
            return run(helped);
        }
        if (first.equals("-h") || first.equals("--help") || first.equals(HELP)) {
            Help.write(commands(), System.out);
            return ExitCode.CLEAN;
        }
        if (first.equals("-V") || first.equals("--version")) {
            return version();
        }
        for (int words = 2; words > 0; words--) {
            String name = Arrays.stream(arguments).limit(words).collect(Collectors.joining(" "));
            Supplier<Command> command = COMMANDS.get(name);
            if (command != null && words <= arguments.length) {
                return run(command.get(), Arrays.copyOfRange(arguments, words, arguments.length));
            }
        }
        String names =
                COMMANDS.keySet().stream()
                        .filter(name -> name.startsWith(first + " "))
                        .map(name -> "`jwtrawl " + name + "`")
                        .collect(Collectors.joining(" or "));
        return complain(
                first.isEmpty()
                        ? "a command is missing: " + String.join(", ", COMMANDS.keySet())
                        : !names.isEmpty()
                                ? incomplete(arguments, names)
                                : unknown(first, arguments),
                Optional.of("jwtrawl"));
    }

    private static String incomplete(String[] arguments, String names) {
        String two = String.join(" ", Arrays.copyOf(arguments, Math.min(2, arguments.length)));
        return arguments.length > 1 && NearestName.to(two, COMMANDS.keySet()).isPresent()
                ? "no command '" + two + "'" + NearestName.hint(two, COMMANDS.keySet())
                : "'" + arguments[0] + "' is incomplete: " + names;
    }

    private static String unknown(String first, String[] arguments) {
        String two = arguments.length > 1 ? first + " " + arguments[1] : first;
        Optional<String> meant =
                NearestName.to(two, COMMANDS.keySet())
                        .or(() -> NearestName.to(first, COMMANDS.keySet()));
        return "no command '"
                + first
                + "': "
                + meant.map(name -> "do you mean '" + name + "'?")
                        .orElseGet(() -> "there are " + String.join(", ", COMMANDS.keySet()));
    }

    private static int version() {
        System.out.println("jwtrawl " + Version.number());
        Version.build().forEach(System.out::println);
        return ExitCode.CLEAN;
    }

    private static int run(Command command, String[] arguments) throws Exception {
        Options options = command.options();
        options.addOption(new Option("h", HELP, false, "Show this."));
        options.addOption(new Option("V", VERSION, false, "Show the version."));
        CommandLine line;
        try {
            line =
                    DefaultParser.builder()
                            .setAllowPartialMatching(false)
                            .get()
                            .parse(options, arguments);
        } catch (ParseException e) {
            return complain(describe(e, options), Optional.of("jwtrawl " + command.name()));
        }
        try {
            if (line.hasOption(HELP)) {
                Help.write(command, options.getOptions(), System.out);
                return ExitCode.CLEAN;
            }
            return line.hasOption(VERSION) ? version() : command.run(line);
        } catch (UsageException e) {
            return complain(String.valueOf(e.getMessage()));
        } catch (Exception | Error e) {
            if (line.hasOption("verbose")) {
                LoggerFactory.getLogger(Main.class).error("unexpected failure", e);
            }
            throw e;
        }
    }

    private static String describe(ParseException e, Options options) {
        return switch (e) {
            case UnrecognizedOptionException unknown ->
                    "unknown option: "
                            + unknown.getOption()
                            + NearestName.hint(
                                    unknown.getOption().replaceFirst("=.*", ""),
                                    options.getOptions().stream()
                                            .map(option -> "--" + option.getLongOpt())
                                            .toList());
            case MissingArgumentException missing ->
                    "--%s: %s is missing"
                            .formatted(
                                    missing.getOption().getLongOpt(),
                                    missing.getOption().getArgName());
            case AlreadySelectedException second ->
                    "--%s: not together with --%s"
                            .formatted(
                                    second.getOption().getLongOpt(),
                                    second.getOptionGroup().getSelected());
            default -> String.valueOf(e.getMessage());
        };
    }

    private static int complain(String message) {
        return complain(message, Optional.empty());
    }

    /// @param help whose help would tell more
    private static int complain(String message, Optional<String> help) {
        String line = message.lines().map(PathText::escape).collect(Collectors.joining("; "));
        String hint = help.map(command -> " (see " + command + " --help)").orElse("");
        System.err.println("jwtrawl: " + Redaction.redact(line) + hint);
        return ExitCode.USAGE;
    }
}
