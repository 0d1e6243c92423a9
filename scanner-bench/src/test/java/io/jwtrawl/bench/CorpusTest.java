package io.jwtrawl.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusTest {

    @TempDir Path folder = Path.of("");

    @Test
    void isTheSameForTheSameSeed() throws IOException {
        List<Planted> first = write("a", 1);
        assertThat(write("b", 1)).isEqualTo(first);
        for (Planted file : first) {
            assertThat(folder.resolve("b").resolve(file.path()))
                    .hasSameBinaryContentAs(folder.resolve("a").resolve(file.path()));
        }
        assertThat(write("c", 2)).isNotEqualTo(first);
    }

    @Test
    void hasAFolderForEachRow() throws IOException {
        Map<String, Set<String>> rows =
                write("a", 1).stream()
                        .collect(
                                Collectors.groupingBy(
                                        file ->
                                                file.path()
                                                        .substring(0, file.path().lastIndexOf('/')),
                                        Collectors.mapping(Planted::row, Collectors.toSet())));
        assertThat(rows.values()).allMatch(names -> names.size() == 1);
    }

    @Test
    void tellsTheTruthInALineForEachFile() throws IOException {
        List<Planted> planted = write("a", 1);
        assertThat(Files.readAllLines(folder.resolve("a.jsonl"))).hasSameSizeAs(planted);
    }

    @Test
    void tablesCountWhatWasFoundInEachRow() {
        var found = planted(Planted.Table.FORMS, "JWS", "forms/jws/0.txt");
        var missed = planted(Planted.Table.FORMS, "JWS", "forms/jws/1.txt");
        var decoy = planted(Planted.Table.DECOYS, "a | b", "decoys/ab/0.txt");
        String tables =
                new RecallTable(
                                List.of(found, missed, decoy),
                                Map.of("scanner 1", Set.of(found, decoy)))
                        .markdown();
        assertThat(tables)
                .contains("| form | files | scanner 1 |\n|---|---|---|\n| JWS | 2 | 1 |\n")
                .contains("| a \\| b | 1 | 1 |\n");
    }

    @Test
    void tablesReplaceWhatStandsBetweenTheMarks() {
        assertThat(
                        Recall.replaced(
                                "a\n<!-- recall:begin -->\nold\n<!-- recall:end -->\nb\n", "new\n"))
                .isEqualTo("a\n<!-- recall:begin -->\nnew\n<!-- recall:end -->\nb\n");
    }

    private static Planted planted(Planted.Table table, String row, String path) {
        return new Planted(path, table, row, Carrier.Kind.USUAL, List.of(), "");
    }

    private List<Planted> write(String name, long seed) throws IOException {
        return Corpus.write(folder.resolve(name), folder.resolve(name + ".jsonl"), seed);
    }
}
