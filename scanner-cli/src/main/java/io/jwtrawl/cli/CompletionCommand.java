package io.jwtrawl.cli;

import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/// `jwtrawl completion`.
final class CompletionCommand implements Command {

    private static final List<String> SHELLS = List.of("bash", "zsh", "fish");

    @Override
    public String name() {
        return "completion";
    }

    @Override
    public String header() {
        return "Print what completes commands and options in a shell.";
    }

    @Override
    public String operands() {
        return "bash|zsh|fish";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "eval \"$(jwtrawl completion bash)\"         in ~/.bashrc",
                "eval \"$(jwtrawl completion zsh)\"          in ~/.zshrc, behind compinit",
                "jwtrawl completion fish | source           in ~/.config/fish/config.fish");
    }

    @Override
    public Options options() {
        return new Options();
    }

    @Override
    public int run(CommandLine line) {
        List<String> shells = line.getArgList();
        if (shells.size() != 1 || !SHELLS.contains(shells.getFirst())) {
            throw new UsageException(
                    "which shell? one of "
                            + String.join(", ", SHELLS)
                            + (shells.isEmpty()
                                    ? ""
                                    : NearestName.hint(shells.getFirst(), SHELLS)));
        }
        var completion = new Completion(Main.commands());
        System.out.print(
                switch (shells.getFirst()) {
                    case "bash" -> completion.bash();
                    case "zsh" -> completion.zsh();
                    default -> completion.fish();
                });
        return ExitCode.CLEAN;
    }
}
