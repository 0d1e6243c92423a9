package io.jwtrawl.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How a hook is to run.
///
/// @param strict whether it stops what it cannot search
/// @param allows whether anything may be allowed, by comments or files
/// @param gitArguments what Git gives to such a hook
record HookOptions(
        HookKind kind,
        boolean strict,
        FailOn failOn,
        boolean allows,
        Optional<Path> config,
        Optional<Path> baseline,
        List<String> gitArguments) {

    /// Reads what scripts and people usually give, without the library that reads options: it takes as long as the rest of
    /// the hook.
    ///
    /// @return empty if there is more than that in it
    static Optional<HookOptions> parse(String[] arguments) {
        boolean hasKind = arguments.length > 0 && !arguments[0].startsWith("-");
        HookKind kind = hasKind ? HookKind.of(arguments[0]) : HookKind.PRE_COMMIT;
        boolean strict = false;
        boolean allows = true;
        FailOn failOn = FailOn.MEDIUM;
        Optional<Path> config = Optional.empty();
        Optional<Path> baseline = Optional.empty();
        List<String> git = new ArrayList<>();
        for (int i = hasKind ? 1 : 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (argument.equals("--")) {
                git.addAll(List.of(arguments).subList(i + 1, arguments.length));
                break;
            } else if (argument.equals("--strict")) {
                strict = true;
            } else if (argument.equals("--no-allow")) {
                allows = false;
            } else if (argument.startsWith("--fail-on=")) {
                failOn = OptionValues.constant(value(argument), FailOn.class);
            } else if (argument.startsWith("--config=")) {
                config = Optional.of(OptionValues.toPath(value(argument)));
            } else if (argument.startsWith("--baseline=")) {
                baseline = Optional.of(OptionValues.toPath(value(argument)));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(
                new HookOptions(kind, strict, failOn, allows, config, baseline, List.copyOf(git)));
    }

    private static String value(String argument) {
        return argument.substring(argument.indexOf('=') + 1);
    }
}
