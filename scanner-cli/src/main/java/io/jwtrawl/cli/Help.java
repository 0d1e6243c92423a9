package io.jwtrawl.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.commons.cli.Option;

/// What `--help` says, in lines of at most 80 characters.
final class Help {

    private static final int WIDTH = 80;
    private static final int NAMES = 24;
    private static final int COMMANDS = 17;

    static final List<String> EXIT_CODES =
            List.of(
                    "",
                    "Exit codes:",
                    "  0   complete, and nothing at or above --fail-on",
                    "  1   something at or above --fail-on",
                    "  2   wrong usage or configuration",
                    "  3   nothing at or above --fail-on, but something could not be searched",
                    "  130 interrupted; what was found so far is reported");

    private static final List<String> EXAMPLES =
            List.of(
                    "",
                    "Examples:",
                    "  jwtrawl scan .              this folder and its whole history",
                    "  jwtrawl git --staged        what the next commit adds",
                    "  jwtrawl inspect - < FILE    one token, every point of its rating explained",
                    "",
                    "`jwtrawl COMMAND --help` tells the options of one.");

    private Help() {}

    private record Section(String title, List<String> commands) {}

    /// By what people come for; a command that is in none comes last.
    private static final List<Section> SECTIONS =
            List.of(
                    new Section("Find", List.of("scan", "git")),
                    new Section("Keep out", List.of("hook install", "hook run", "hook uninstall")),
                    new Section("Understand", List.of("inspect", "verify")),
                    new Section("Let be", List.of("init", "baseline import")));

    static void write(Collection<Command> commands, PrintStream out) {
        out.println("Find leaked JSON Web Tokens, decode them and rate how exposed each one is.");
        out.println("Usage: jwtrawl COMMAND [OPTION]... [OPERAND]...");
        List<Command> left = new ArrayList<>(commands);
        for (Section section : SECTIONS) {
            out.println();
            out.println(section.title() + ":");
            for (Command command : commands) {
                if (section.commands().contains(command.name())) {
                    row(command.name(), command.header(), COMMANDS, out);
                    left.remove(command);
                }
            }
        }
        out.println();
        out.println("More:");
        for (Command command : left) {
            row(command.name(), command.header(), COMMANDS, out);
        }
        out.println();
        out.println("Options:");
        row("-h, --help", "Show this, or the help of COMMAND.", COMMANDS, out);
        row("-V, --version", "Show the version, its commit, and what it runs on.", COMMANDS, out);
        EXIT_CODES.forEach(out::println);
        EXAMPLES.forEach(out::println);
    }

    static void write(Command command, Collection<Option> options, PrintStream out) {
        out.println(command.header());
        out.println(
                ("Usage: jwtrawl " + command.name() + " [OPTION]... " + command.operands())
                        .strip());
        for (String paragraph : command.description()) {
            out.println();
            wrap(paragraph, WIDTH).forEach(out::println);
        }
        for (OptionGroup group : OptionGroup.of(options)) {
            out.println();
            out.println(group.title() + ":");
            for (Option option : group.options()) {
                row(name(option), option.getDescription(), NAMES, out);
            }
        }
        EXIT_CODES.forEach(out::println);
        if (!command.examples().isEmpty()) {
            out.println();
            out.println("Examples:");
            command.examples().forEach(example -> out.println("  " + example));
        }
    }

    private static String name(Option option) {
        String dashes = option.getOpt() == null ? "    " : "-" + option.getOpt() + ", ";
        String value = option.hasArg() ? "=" + option.getArgName() : "";
        return dashes + "--" + option.getLongOpt() + value;
    }

    private static void row(String name, String text, int width, PrintStream out) {
        List<String> lines = wrap(text, WIDTH - width - 2);
        String first = name;
        if (name.length() > width - 2) {
            out.println("  " + name);
            first = "";
        }
        for (String line : lines) {
            out.println("  " + first + " ".repeat(width - first.length()) + line);
            first = "";
        }
    }

    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        var line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
