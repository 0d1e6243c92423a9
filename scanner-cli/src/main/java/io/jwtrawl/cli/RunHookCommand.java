package io.jwtrawl.cli;

import static io.jwtrawl.cli.OptionValues.flag;
import static io.jwtrawl.cli.OptionValues.option;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/// `jwtrawl hook run`: what the scripts of other tools call.
final class RunHookCommand implements Command {

    private static final String STRICT = "strict";
    private static final String FAIL_ON = "fail-on";
    private static final String NO_ALLOW = "no-allow";
    private static final String CONFIG = "config";
    private static final String BASELINE = "baseline";

    @Override
    public String name() {
        return "hook run";
    }

    @Override
    public String header() {
        return "Search what a hook is asked about, and say what to do.";
    }

    @Override
    public String operands() {
        return "[pre-commit|pre-push|pre-receive|update] [-- GIT-ARGUMENT...]";
    }

    @Override
    public List<String> description() {
        return List.of(
                "Default: pre-commit. Exit code 0 lets Git go on, 1 stops it. What cannot be searched stops nothing,"
                        + " but is said; with --strict it does.");
    }

    @Override
    public Options options() {
        var options = new Options();
        addTo(options);
        return options;
    }

    static void addTo(Options options) {
        options.addOption(flag(STRICT, "Stop what cannot be searched, too."));
        options.addOption(
                option(
                        FAIL_ON,
                        "LEVEL",
                        "Stop for findings at LEVEL or worse: critical, high, medium, low, info, never. Default:"
                                + " medium."));
        options.addOption(flag(NO_ALLOW, "Let nothing pass that comments or files allow."));
        options.addOption(
                option(CONFIG, "FILE", "Read FILE in place of the nearest jwtrawl.yaml."));
        options.addOption(option(BASELINE, "FILE", "Pass over the findings that FILE lists."));
    }

    static HookKind kind(CommandLine line) {
        List<String> given = line.getArgList();
        return given.isEmpty() ? HookKind.PRE_COMMIT : HookKind.of(given.getFirst());
    }

    static HookOptions read(CommandLine line) {
        var values = new OptionValues(line);
        List<String> given = line.getArgList();
        return new HookOptions(
                kind(line),
                values.has(STRICT),
                values.oneOf(FAIL_ON, FailOn.class).orElse(FailOn.MEDIUM),
                !values.has(NO_ALLOW),
                values.path(CONFIG),
                values.path(BASELINE),
                given.isEmpty() ? List.of() : List.copyOf(given.subList(1, given.size())));
    }

    /// The same options, for a script; files by their whole path.
    static String arguments(CommandLine line, Path current) {
        var values = new OptionValues(line);
        var text = new StringBuilder();
        if (values.has(STRICT)) {
            text.append(" --strict");
        }
        if (values.has(NO_ALLOW)) {
            text.append(" --no-allow");
        }
        values.oneOf(FAIL_ON, FailOn.class)
                .ifPresent(level ->
                        text.append(" --fail-on=")
                                .append(level.name().toLowerCase(java.util.Locale.ROOT)));
        for (String file : List.of(CONFIG, BASELINE)) {
            Optional<Path> path = values.path(file);
            path.ifPresent(given ->
                    text.append(" --")
                            .append(file)
                            .append('=')
                            .append(HookScript.quoted(current.resolve(given).normalize())));
        }
        return text.toString();
    }

    /// The launcher asks for an exit code that no JVM ends with that cannot start.
    @Override
    public int run(CommandLine line) {
        return HookMain.run(read(line)).stops()
                ? Integer.getInteger("jwtrawl.stopped", ExitCode.FOUND)
                : ExitCode.CLEAN;
    }
}
