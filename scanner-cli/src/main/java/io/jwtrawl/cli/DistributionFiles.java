package io.jwtrawl.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes what the distribution has beside the program: the manual page and the completions. Run by the build.
final class DistributionFiles {

    private DistributionFiles() {}

    /// @param arguments the folder to write into, and the version
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        var completion = new Completion(Main.commands());
        write(folder, "man/man1/jwtrawl.1", ManualPage.of(Main.commands(), arguments[1]));
        write(folder, "bash-completion/completions/jwtrawl", completion.bash());
        write(folder, "zsh/site-functions/_jwtrawl", completion.zsh());
        write(folder, "fish/vendor_completions.d/jwtrawl.fish", completion.fish());
    }

    private static void write(Path folder, String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
