package io.jwtrawl.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.commons.cli.Option;

/// Scripts by which a shell completes commands, options and their values, made from what the commands themselves say.
final class Completion {

    private static final String FILES = "FILE";

    private final List<Command> commands;

    Completion(List<Command> commands) {
        this.commands = commands;
    }

    private static Collection<Option> options(Command command) {
        List<Option> options = new ArrayList<>(command.options().getOptions());
        options.add(Option.builder("h").longOpt("help").desc("Show the help.").get());
        return options;
    }

    /// What comes after the first word of commands that have two, and the only words of others.
    private Map<String, Set<String>> words() {
        Map<String, Set<String>> words = new LinkedHashMap<>();
        for (Command command : commands) {
            String[] parts = command.name().split(" ", 2);
            Set<String> second = words.computeIfAbsent(parts[0], _ -> new LinkedHashSet<>());
            if (parts.length > 1) {
                second.add(parts[1]);
            }
        }
        return words;
    }

    /// The values that an option can have; empty if these are files or anything.
    private static List<String> values(Option option, Command command) {
        return switch (option.getLongOpt()) {
            case "format" ->
                    command.name().equals("scan") || command.name().equals("git")
                            ? names(ReportFormat.values())
                            : List.of("terminal", "json", "html");
            case "fail-on" -> names(FailOn.values());
            case "encodings" -> List.of("none", "usual", "all");
            default -> List.of();
        };
    }

    private static List<String> names(Enum<?>[] constants) {
        return Arrays.stream(constants)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static boolean takesFile(Option option) {
        return option.hasArg()
                && (option.getArgName().startsWith(FILES) || option.getArgName().equals("DIR"));
    }

    /// Words that come after a command and are no options: `bash|zsh|fish`, or those that choose a hook.
    private static List<String> operands(Command command) {
        String operands = command.operands().replaceAll("[\\[\\]]", "");
        return operands.matches("[a-z-]+(\\|[a-z-]+)+")
                ? List.of(operands.split("\\|"))
                : List.of();
    }

    String bash() {
        var cases = new StringBuilder();
        var values = new StringBuilder();
        for (Command command : commands) {
            List<String> names = new ArrayList<>(operands(command));
            for (Option option : options(command)) {
                names.add("--" + option.getLongOpt());
            }
            cases.append("    '")
                    .append(command.name())
                    .append("') words='")
                    .append(String.join(" ", names))
                    .append("' ;;\n");
            for (Option option : options(command)) {
                List<String> known = values(option, command);
                if (option.hasArg()) {
                    values.append("    '")
                            .append(command.name())
                            .append(" --")
                            .append(option.getLongOpt())
                            .append("') ")
                            .append(
                                    !known.isEmpty()
                                            ? "words='" + String.join(" ", known) + "'"
                                            : takesFile(option) ? "files=yes" : "files=")
                            .append("; value=yes ;;\n");
                }
            }
        }
        var first = new StringBuilder();
        words().forEach((word, second) ->
                first.append(
                        second.isEmpty()
                                ? ""
                                : "    "
                                        + word
                                        + ") words='"
                                        + String.join(" ", second)
                                        + "' ;;\n"));
        return """
        # bash completion for jwtrawl; `jwtrawl completion bash` prints it.
        _jwtrawl() {
          local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} name words= files= value=
          COMPREPLY=()
          # bash takes = for a word of its own
          if [ "$current" = = ]; then current=; elif [ "$previous" = = ]; then previous=${COMP_WORDS[COMP_CWORD-2]}; fi
          if [ "$COMP_CWORD" = 1 ]; then
            COMPREPLY=($(compgen -W '%s help --help --version' -- "$current"))
            return
          fi
          name=${COMP_WORDS[1]}
          case $name in
        %s  esac
          if [ -n "$words" ]; then
            if [ "$COMP_CWORD" = 2 ]; then
              COMPREPLY=($(compgen -W "$words" -- "$current"))
              return
            fi
            name="$name ${COMP_WORDS[2]}"
            words=
          fi
          case "$name $previous" in
        %s  esac
          if [ -z "$value" ]; then
            files=yes
            case $name in
        %s    esac
          fi
          case $current in
            -*) COMPREPLY=($(compgen -W "$words" -- "$current")) ;;
            *)
              if [ -n "$value" ] && [ -n "$words" ]; then
                COMPREPLY=($(compgen -W "$words" -- "$current"))
              else
                COMPREPLY=($(compgen -W "$(printf '%%s\\n' $words | grep -v '^-')" -- "$current"))
                [ -z "$files" ] || { compopt -o filenames 2>/dev/null; COMPREPLY+=($(compgen -f -- "$current")); }
              fi
              ;;
          esac
        }
        complete -F _jwtrawl jwtrawl
        """
                .formatted(String.join(" ", words().keySet()), first, values, cases);
    }

    String zsh() {
        var text = new StringBuilder();
        text.append("#compdef jwtrawl\n# `jwtrawl completion zsh` prints it.\n_jwtrawl() {\n");
        text.append("  local name=$words[2]\n  if (( CURRENT == 2 )); then\n    _values command");
        for (String word : words().keySet()) {
            text.append(" ").append(ShellText.quoted(word + "[" + zshText(headerOf(word)) + "]"));
        }
        text.append(" 'help[Show the help of a command.]'\n    return\n  fi\n  case $name in\n");
        words().forEach((word, second) -> {
            if (!second.isEmpty()) {
                text.append("    ").append(word).append(")\n      if (( CURRENT == 3 )); then\n");
                text.append("        _values command");
                second.forEach(next ->
                        text.append(" ")
                                .append(
                                        ShellText.quoted(
                                                next
                                                        + "["
                                                        + zshText(headerOf(word + " " + next))
                                                        + "]")));
                text.append("\n        return\n      fi\n      name=\"$name $words[3]\"\n");
                text.append("      shift words; (( CURRENT-- ))\n      ;;\n");
            }
        });
        text.append("  esac\n  shift words; (( CURRENT-- ))\n  case $name in\n");
        for (Command command : commands) {
            text.append("    ")
                    .append(ShellText.quoted(command.name()))
                    .append(")\n      _arguments -s");
            for (Option option : options(command)) {
                List<String> known = values(option, command);
                String value =
                        !option.hasArg()
                                ? ""
                                : ":"
                                        + zshText(option.getArgName())
                                        + ":"
                                        + (known.isEmpty()
                                                ? takesFile(option) ? "_files" : ""
                                                : "(" + String.join(" ", known) + ")");
                text.append(" \\\n        ")
                        .append(
                                ShellText.quoted(
                                        "*--"
                                                + option.getLongOpt()
                                                + (option.hasArg() ? "=" : "")
                                                + "["
                                                + zshText(summary(option))
                                                + "]"
                                                + value));
            }
            List<String> operands = operands(command);
            text.append(" \\\n        ")
                    .append(
                            ShellText.quoted(
                                    "*:operand:"
                                            + (operands.isEmpty()
                                                    ? "_files"
                                                    : "(" + String.join(" ", operands) + ")")))
                    .append("\n      ;;\n");
        }
        text.append("  esac\n}\n");
        // As a file that zsh loads it is run; from `eval` it has to be made known.
        text.append(
                "if [ \"$funcstack[1]\" = _jwtrawl ]; then _jwtrawl \"$@\"; else compdef _jwtrawl jwtrawl; fi\n");
        return text.toString();
    }

    String fish() {
        var text = new StringBuilder("# `jwtrawl completion fish` prints it.\n");
        String firsts = String.join(" ", words().keySet());
        for (String word : words().keySet()) {
            text.append("complete -c jwtrawl -n ")
                    .append(ShellText.quoted("not __fish_seen_subcommand_from " + firsts))
                    .append(" -f -a ")
                    .append(word)
                    .append(" -d ")
                    .append(fishText(headerOf(word)))
                    .append('\n');
        }
        for (Command command : commands) {
            String[] parts = command.name().split(" ", 2);
            String seen = "__fish_seen_subcommand_from " + parts[0];
            if (parts.length > 1) {
                text.append("complete -c jwtrawl -n ")
                        .append(
                                ShellText.quoted(
                                        seen
                                                + "; and not __fish_seen_subcommand_from "
                                                + String.join(
                                                        " ",
                                                        words().getOrDefault(parts[0], Set.of()))))
                        .append(" -f -a ")
                        .append(parts[1])
                        .append(" -d ")
                        .append(fishText(command.header()))
                        .append('\n');
                seen += "; and __fish_seen_subcommand_from " + parts[1];
            }
            for (String operand : operands(command)) {
                text.append("complete -c jwtrawl -n ")
                        .append(ShellText.quoted(seen))
                        .append(" -f -a ")
                        .append(operand)
                        .append('\n');
            }
            for (Option option : options(command)) {
                List<String> known = values(option, command);
                text.append("complete -c jwtrawl -n ")
                        .append(ShellText.quoted(seen))
                        .append(" -l ")
                        .append(option.getLongOpt())
                        .append(option.hasArg() ? takesFile(option) ? " -r -F" : " -x" : "")
                        .append(
                                known.isEmpty()
                                        ? ""
                                        : " -a " + ShellText.quoted(String.join(" ", known)))
                        .append(" -d ")
                        .append(fishText(summary(option)))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private String headerOf(String name) {
        return commands.stream()
                .filter(command -> command.name().equals(name))
                .map(Command::header)
                .findFirst()
                .orElseGet(() ->
                        commands.stream()
                                .map(Command::name)
                                .filter(whole -> whole.startsWith(name + " "))
                                .map(whole -> whole.substring(name.length() + 1))
                                .reduce((one, other) -> one + ", " + other)
                                .orElse(""));
    }

    /// The first sentence of what the help says.
    private static String summary(Option option) {
        String text = option.getDescription();
        int end = text.indexOf(". ");
        return end < 0 ? text : text.substring(0, end + 1);
    }

    /// Brackets and colons mean something to `_arguments`.
    private static String zshText(String text) {
        return text.replace("\\", "\\\\")
                .replace("[", "\\[")
                .replace("]", "\\]")
                .replace(":", "\\:");
    }

    private static String fishText(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
