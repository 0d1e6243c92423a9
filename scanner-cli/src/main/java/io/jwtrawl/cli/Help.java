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

    private static final List<String> EXIT_CODES =
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

    static void write(Collection<Command> commands, PrintStream out) {
        out.println("Find leaked JSON Web Tokens, decode them and rate how exposed each one is.");
        out.println("Usage: jwtrawl COMMAND [OPTION]... [OPERAND]...");
        out.println();
        out.println("Commands:");
        for (Command command : commands) {
            row(command.name(), command.header(), 16, out);
        }
        out.println();
        out.println("Options:");
        row("-h, --help", "Show this, or the help of COMMAND.", 16, out);
        row("-V, --version", "Show the version.", 16, out);
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
        out.println();
        out.println("Options:");
        for (Option option : options) {
            String dashes = option.getOpt() == null ? "    " : "-" + option.getOpt() + ", ";
            String value = option.hasArg() ? "=" + option.getArgName() : "";
            row(dashes + "--" + option.getLongOpt() + value, option.getDescription(), NAMES, out);
        }
        EXIT_CODES.forEach(out::println);
        if (!command.examples().isEmpty()) {
            out.println();
            out.println("Examples:");
            command.examples().forEach(example -> out.println("  " + example));
        }
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

    private static List<String> wrap(String text, int width) {
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
