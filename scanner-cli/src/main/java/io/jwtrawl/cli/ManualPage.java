package io.jwtrawl.cli;

import java.util.List;
import org.apache.commons.cli.Option;

/// The manual page, in the man macros of roff, made from what the commands say of themselves.
final class ManualPage {

    private final StringBuilder page = new StringBuilder();

    private ManualPage() {}

    static String of(List<Command> commands, String version) {
        var manual = new ManualPage();
        manual.write(commands, version);
        return manual.page.toString();
    }

    private void write(List<Command> commands, String version) {
        page.append(".TH JWTRAWL 1 \"\" \"jwtrawl ").append(escaped(version)).append("\"\n");
        section("NAME");
        page.append("jwtrawl \\- find leaked JSON Web Tokens\n");
        section("SYNOPSIS");
        page.append(".B jwtrawl\n.I COMMAND\n[OPTION]... [OPERAND]...\n");
        section("DESCRIPTION");
        text(
                "Finds JSON Web Tokens that have leaked into folders and Git history, decodes each one, and says how bad it"
                        + " is. Everything runs on this machine, and no token is printed unless that is asked for.");
        section("COMMANDS");
        for (Command command : commands) {
            command(command);
        }
        section("EXIT STATUS");
        Help.EXIT_CODES.stream()
                .filter(line -> line.startsWith("  "))
                .map(String::strip)
                .forEach(line -> {
                    String[] parts = line.split(" +", 2);
                    page.append(".TP\n.B ").append(parts[0]).append('\n');
                    text(parts[1]);
                });
        section("ENVIRONMENT");
        page.append(".TP\n.B JAVA_HOME\n");
        text("The JDK or JRE, 25 or newer, that runs it.");
        page.append(".TP\n.B NO_COLOR\n");
        text("If it is set to anything, no colours are used.");
        page.append(".TP\n.B JWTRAWL_SKIP\n");
        text("In a hook: let this one commit or push go on unchecked.");
        section("FILES");
        page.append(".TP\n.I jwtrawl.yaml\n");
        text("What findings may stay, in the current folder or above. `jwtrawl init` writes one.");
        page.append(".TP\n.I .jwtrawlignore\n");
        text("Paths that are not searched, written as in a .gitignore.");
    }

    private void command(Command command) {
        page.append(".SS jwtrawl ").append(escaped(command.name())).append('\n');
        page.append(".B jwtrawl ")
                .append(escaped(command.name()))
                .append("\n[OPTION]... ")
                .append(escaped(command.operands()))
                .append("\n.PP\n");
        text(command.header());
        for (String paragraph : command.description()) {
            page.append(".PP\n");
            text(paragraph);
        }
        for (OptionGroup group : OptionGroup.of(command.options().getOptions())) {
            for (Option option : group.options()) {
                page.append(".TP\n\\fB\\-\\-").append(escaped(option.getLongOpt())).append("\\fR");
                if (option.hasArg()) {
                    page.append("=\\fI").append(escaped(option.getArgName())).append("\\fR");
                }
                page.append('\n');
                text(option.getDescription());
            }
        }
        if (!command.examples().isEmpty()) {
            page.append(".PP\nExamples:\n.PP\n.nf\n");
            command.examples().forEach(example -> text("    " + example));
            page.append(".fi\n");
        }
    }

    private void section(String title) {
        page.append(".SH ").append(title).append('\n');
    }

    /// A line of text: nothing in it is taken for a request.
    private void text(String text) {
        page.append("\\&").append(escaped(text)).append('\n');
    }

    /// Characters beyond ASCII by their code points (groff_char(7)); not every roff takes them as they are.
    private static String escaped(String text) {
        var escaped = new StringBuilder(text.length());
        text.codePoints()
                .forEach(character -> {
                    switch (character) {
                        case '\\' -> escaped.append("\\e");
                        case '-' -> escaped.append("\\-");
                        case '\'' -> escaped.append("\\(aq");
                        default -> {
                            if (character < 0x7f) {
                                escaped.append((char) character);
                            } else {
                                escaped.append(String.format("\\[u%04X]", character));
                            }
                        }
                    }
                });
        return escaped.toString();
    }
}
