package io.jwtrawl.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.finding.ScanReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Documents by LibreOffice, Outlook and other programs and libraries, as `corpus.py` has them made: every token that was put
/// into one is found once, where `corpus.txt` says.
@Timeout(300)
class CorpusTest {

    @TempDir Path folder = Path.of("");

    private static List<String> expected() {
        return new String(Samples.read(Samples.resource("corpus.txt")), StandardCharsets.UTF_8)
                .lines()
                .sorted()
                .toList();
    }

    @Test
    void isFoundInAFolder() throws IOException {
        Map<String, byte[]> documents = Samples.members(corpus());
        for (var document : documents.entrySet()) {
            Files.write(folder.resolve(document.getKey()), document.getValue());
        }
        ScanReport report = Scans.scan(folder);
        assertThat(Scans.places(report)).isEqualTo(expected());
        assertThat(Scans.incidents(report)).isEmpty();
    }

    @Test
    void isFoundInAPipedArchive() {
        ScanReport report = Scans.scan(corpus());
        assertThat(Scans.places(report))
                .isEqualTo(expected().stream().map(place -> "<stdin>!" + place).toList());
        assertThat(Scans.incidents(report)).isEmpty();
    }

    private static byte[] corpus() {
        return Samples.read(Samples.resource("corpus.zip"));
    }
}
