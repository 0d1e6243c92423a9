package io.jwtrawl.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.bench.Jwtrawl.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The built command over the whole corpus.
class CorpusIT {

    @TempDir private static Path folder = Path.of("");

    private static List<Planted> planted = List.of();
    private static Map<String, List<Report>> usual = Map.of();
    private static Map<String, List<Report>> all = Map.of();

    @BeforeAll
    static void scan() throws IOException, InterruptedException {
        Path files = folder.resolve("files");
        planted = Corpus.write(files, folder.resolve("truth.jsonl"), Corpus.SEED);
        var jwtrawl = new Jwtrawl(Path.of(System.getProperty("jwtrawl.dist"), "bin", "jwtrawl"));
        usual = jwtrawl.reports(files, "usual");
        all = jwtrawl.reports(files, "all");
    }

    @Test
    void findsEveryTokenThatIsNoOptIn() {
        assertThat(planted)
                .filteredOn(file -> !file.isDecoy() && !file.isKnownGap())
                .filteredOn(file -> file.kind() != Carrier.Kind.OPT_IN)
                .allMatch(file -> Jwtrawl.isHit(file, in(file, usual)));
    }

    @Test
    void findsEveryTokenWhenAskedForAll() {
        assertThat(planted)
                .filteredOn(file -> !file.isDecoy() && !file.isKnownGap())
                .allMatch(file -> Jwtrawl.isHit(file, in(file, all)));
    }

    @Test
    void leavesOptInDisguisesAloneUnlessAsked() {
        assertThat(planted)
                .filteredOn(file -> file.kind() == Carrier.Kind.OPT_IN)
                .allMatch(file -> in(file, usual).isEmpty());
    }

    @Test
    void reportsNothingInADecoy() {
        assertThat(planted)
                .filteredOn(Planted::isDecoy)
                .allMatch(file -> in(file, usual).isEmpty() && in(file, all).isEmpty());
    }

    @Test
    void reportsNothingBesidesWhatWasPlanted() {
        assertThat(planted)
                .filteredOn(file -> file.kind() != Carrier.Kind.DAMAGED && !file.isKnownGap())
                .allMatch(file ->
                        in(file, usual).stream().map(Report::id).allMatch(file.ids()::contains));
    }

    @Test
    void reportsAPieceOnceAndNeverAsWhole() {
        assertThat(planted)
                .filteredOn(file -> file.kind() == Carrier.Kind.DAMAGED)
                .allMatch(file ->
                        in(file, usual).size() == 1 && in(file, usual).getFirst().partial());
    }

    private static List<Report> in(Planted file, Map<String, List<Report>> reports) {
        return reports.getOrDefault(file.path(), List.of());
    }
}
