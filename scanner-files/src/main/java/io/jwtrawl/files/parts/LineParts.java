package io.jwtrawl.files.parts;

import io.jwtrawl.source.Part;
import io.jwtrawl.source.SeekableStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names the parts of texts in which one line tells what others are about: settings of npm, logins by machine, histories of
/// shells, logs of builds and of systems, files with sections.
final class LineParts implements Locator {

    /// So far before a token what it belongs to is looked for.
    private static final int FAR = 256 * 1024;

    /// Where there are many tokens, only the first ones are worth that.
    private static final int LOOKED_FAR = 100;

    private static final int NEAR = 8 * 1024;

    private static final int BEHIND = 512;

    private final String name;

    /// @param name of the file, without folders
    LineParts(String name) {
        this.name = name;
    }

    @Override
    public Map<Long, Part> at(long[] offsets, SeekableStream whole) throws IOException {
        Map<Long, Part> parts = new HashMap<>();
        int seen = 0;
        for (long offset : offsets) {
            long from = Math.max(0, offset - (seen++ < LOOKED_FAR ? FAR : NEAR));
            whole.seek(from);
            byte[] bytes = whole.readNBytes((int) (offset - from) + BEHIND);
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            int at = (int) Math.min(text.length(), offset - from);
            name(text.substring(0, at), text.substring(at))
                    .ifPresent(part -> parts.put(offset, Part.named(part)));
        }
        return parts;
    }

    /// @param before what stands before the token, `behind` what stands from its beginning on
    private Optional<String> name(String before, String behind) {
        int begin = before.lastIndexOf('\n') + 1;
        String line = before.substring(begin);
        if (!isWorthIt(before, line)) {
            return Optional.empty();
        }
        String above = before.substring(0, Math.max(0, begin - 1));
        Matcher npm = Patterns.NPM.matcher(line);
        if (npm.find()) {
            return Optional.of(utf8(npm.group(1) + " " + npm.group(2)));
        }
        if (name.endsWith("netrc") || line.contains("machine ")) {
            return last(Patterns.MACHINE, before).map(machine -> "machine " + machine);
        }
        if (isHistory(line)) {
            return Optional.of(command(line, above, behind));
        }
        if (before.contains("##[group]")) {
            return last(Patterns.GROUP, before).map(step -> "step " + step);
        }
        Matcher syslog = Patterns.SYSLOG.matcher(line);
        if (syslog.find()) {
            String process = syslog.group(3) == null ? "" : "[" + syslog.group(3) + "]";
            return Optional.of(utf8(syslog.group(1) + " " + syslog.group(2) + process));
        }
        return section(line, above);
    }

    private boolean isWorthIt(String before, String line) {
        return isNamedHistory()
                || name.endsWith("netrc")
                || line.contains(":_")
                || line.startsWith(": ")
                || before.startsWith("[")
                || before.contains("\n[")
                || before.contains("machine ")
                || before.contains("##[group]")
                || (line.length() > 20 && (line.charAt(9) == ':' || line.charAt(13) == ':'));
    }

    private boolean isNamedHistory() {
        return name.endsWith("_history")
                || name.endsWith("histfile")
                || name.equals("ConsoleHost_history.txt");
    }

    private boolean isHistory(String line) {
        return isNamedHistory() || Patterns.ZSH.matcher(line).find();
    }

    /// The command, by when it was given where the history says that, else by its first word.
    private static String command(String line, String above, String behind) {
        Optional<String> second = first(Patterns.ZSH, line);
        if (second.isEmpty()) {
            second = first(Patterns.STAMP, above.substring(above.lastIndexOf('\n') + 1));
        }
        if (second.isEmpty() && line.startsWith("- cmd:")) {
            second = first(Patterns.FISH, behind);
        }
        String command =
                line.startsWith("- cmd:")
                        ? line.substring(6).strip()
                        : Patterns.ZSH.matcher(line).replaceFirst("").strip();
        String word = command.isEmpty() ? "" : command.split("\\s", 2)[0];
        String called = utf8(cut(word)) + " command";
        return second.flatMap(LineParts::time).map(time -> called + " of " + time).orElse(called);
    }

    private static Optional<String> time(String seconds) {
        try {
            return Optional.of(Instant.ofEpochSecond(Long.parseLong(seconds)).toString());
        } catch (NumberFormatException | DateTimeException _) {
            return Optional.empty();
        }
    }

    /// Such as `[prod] aws_session_token`.
    private static Optional<String> section(String line, String above) {
        Optional<String> setting = first(Patterns.SETTING, line);
        if (setting.isEmpty()) {
            return Optional.empty();
        }
        int end = above.length();
        while (end > 0) {
            int begin = above.lastIndexOf('\n', end - 1) + 1;
            Optional<String> section = first(Patterns.SECTION, above.substring(begin, end));
            if (section.isPresent()) {
                return Optional.of(utf8("[" + section.get() + "] " + setting.get()));
            }
            end = begin - 1;
        }
        return Optional.empty();
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static Optional<String> last(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        Optional<String> last = Optional.empty();
        while (matcher.find()) {
            last = Optional.of(utf8(cut(matcher.group(1).strip())));
        }
        return last;
    }

    private static String cut(String text) {
        return text.length() <= 120 ? text : text.substring(0, 120);
    }

    /// What was read one character for each byte.
    private static String utf8(String latin) {
        return new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /// Loaded where something looks as if one of them might fit.
    private static final class Patterns {
        static final Pattern NPM =
                Pattern.compile("^\\s*(//[^\\s:=]+)(?::\\d+[^\\s:=]*)?:(_\\w+)\\s*=");
        static final Pattern MACHINE = Pattern.compile("\\bmachine\\s+(\\S+)");
        static final Pattern ZSH = Pattern.compile("^: (\\d{9,11}):\\d+;");
        static final Pattern STAMP = Pattern.compile("^#(\\d{9,11})$");
        static final Pattern GROUP = Pattern.compile("##\\[group\\]Run (.*)");
        static final Pattern SYSLOG =
                Pattern.compile(
                        "^(?:[A-Z][a-z]{2} [ \\d]\\d [\\d:]{8}|\\d{4}-\\d\\d-\\d\\dT\\S+) (\\S+) ([^\\s:\\[]+)(?:\\[(\\d+)\\])?: ");
        static final Pattern SECTION = Pattern.compile("^\\s*\\[([^\\]]{1,200})\\]\\s*$");
        static final Pattern SETTING =
                Pattern.compile("^\\s*(?:export\\s+)?([\\w.:\"'-]{1,100})\\s*[=:]");
        static final Pattern FISH = Pattern.compile("\\n  when: (\\d{9,11})");

        private Patterns() {}
    }
}
