package io.jwtrawl.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/// What else the build runs in the process whose loaded classes it keeps for faster starts: a history that is searched
/// for what is new, which is to take no time where there is nothing new.
final class Training {

    private static final int RUNS = 2;

    private Training() {}

    /// @param folder a checkout; nothing is done if it is none
    static void run(Path folder) throws Exception {
        if (!Files.exists(folder.resolve(".git"))) {
            return;
        }
        Path state = Files.createTempFile("jwtrawl-training", ".state");
        Path report = Files.createTempFile("jwtrawl-training", ".jsonl");
        try {
            for (int i = 0; i < RUNS; i++) {
                Main.run(
                        new String[] {
                            "git",
                            folder.toString(),
                            "--state=" + state,
                            "--output=" + report,
                            "--fail-on=never",
                            "--quiet"
                        });
            }
        } finally {
            Files.deleteIfExists(state);
            Files.deleteIfExists(report);
        }
    }
}
