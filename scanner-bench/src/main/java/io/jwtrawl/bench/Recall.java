package io.jwtrawl.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Writes the corpus, runs JWTrawl and those other scanners that are on the `PATH` over it, and prints what each found.
///
/// ```
/// java -cp scanner-bench/target/benchmarks.jar io.jwtrawl.bench.Recall CORPUS [PAGE]
/// ```
///
/// `CORPUS` is a folder to write to, outside any Git worktree; in `PAGE` the tables replace what stands between two
/// marks.
public final class Recall {

    private static final String BEGIN = "<!-- recall:begin -->\n";
    private static final String END = "<!-- recall:end -->";
    private static final Path LAUNCHER = Path.of("scanner-cli/target/dist/jwtrawl/bin/jwtrawl");

    private Recall() {}

    public static void main(String... arguments) throws IOException, InterruptedException {
        if (arguments.length == 0 || arguments.length > 2 || !Files.isExecutable(LAUNCHER)) {
            System.err.println(
                    "usage, in the root of a built checkout: Recall CORPUS [PAGE]\n"
                            + "writes a corpus of made-up tokens below CORPUS and what is found in it into PAGE");
            System.exit(2);
        }
        Path folder = Path.of(arguments[0]).toAbsolutePath().normalize();
        Path files = folder.resolve("files");
        Files.createDirectories(files);
        List<Planted> planted = Corpus.write(files, folder.resolve("truth.jsonl"), Corpus.SEED);

        List<Scanner> scanners = new ArrayList<>(List.of(new Jwtrawl(LAUNCHER.toAbsolutePath())));
        for (Peer peer : Peer.all()) {
            if (Program.find(peer.name()).isPresent()) {
                scanners.add(peer);
            } else {
                System.err.println(peer.name() + " is not on the PATH: left out");
            }
        }
        Map<String, Set<Planted>> hits = new LinkedHashMap<>();
        for (Scanner scanner : scanners) {
            hits.put(
                    scanner.name() + " " + scanner.version(),
                    new HashSet<>(scanner.hits(files, planted)));
        }
        String tables =
                "As of "
                        + LocalDate.now(ZoneOffset.UTC)
                        + ", seed "
                        + Corpus.SEED
                        + ".\n\n"
                        + new RecallTable(planted, hits).markdown();
        System.out.print(tables);
        if (arguments.length == 2) {
            Path page = Path.of(arguments[1]);
            Files.writeString(page, replaced(Files.readString(page), tables));
        }
    }

    /// `page` with `tables` between its marks.
    static String replaced(String page, String tables) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("the page lacks the marks " + BEGIN + END);
        }
        return page.substring(0, begin + BEGIN.length()) + tables + page.substring(end);
    }
}
