package io.jwtrawl.cli;

import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/// `jwtrawl man`.
final class ManCommand implements Command {

    @Override
    public String name() {
        return "man";
    }

    @Override
    public String header() {
        return "Print the manual page, for man or groff.";
    }

    @Override
    public String operands() {
        return "";
    }

    @Override
    public Options options() {
        return new Options();
    }

    @Override
    public int run(CommandLine line) {
        System.out.print(ManualPage.of(Main.commands(), Version.number()));
        return ExitCode.CLEAN;
    }
}
