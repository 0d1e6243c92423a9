package io.jwtrawl.cli;

import java.io.IOException;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/// One of the things that `jwtrawl` does.
interface Command {

    /// Its word on the command line, or two words.
    String name();

    /// What it does, in a line.
    String header();

    /// What it takes beside options, as the help shows it.
    String operands();

    Options options();

    /// What else the help says before the options.
    default List<String> description() {
        return List.of();
    }

    /// Lines that end the help.
    default List<String> examples() {
        return List.of();
    }

    /// @param line what was given, all of it known to [#options]
    /// @return the exit code
    int run(CommandLine line) throws IOException, InterruptedException;
}
