package io.jwtrawl.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.testkit.GitRepo;
import io.jwtrawl.testkit.RandomRepo;
import io.jwtrawl.testkit.Tries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Packs in which single bytes were changed.
class PackMutationTest {

    /// An entry's header is no longer, with the number or the id that may follow it.
    private static final int HEADER = 48;

    @TempDir Path folder = Path.of("");

    private int made;

    @Test
    void whatAChangedByteHidesIsNamed() {
        Tries.run(
                3,
                random -> {
                    GitRepo repo = RandomRepo.make(folder.resolve("repo-" + made++), 30, random);
                    repo.git("repack", "-adq");
                    Set<String> all = tokens(GitScans.history(repo.folder()));
                    Path pack = only(repo.folder().resolve("objects/pack"), ".pack");
                    List<long[]> entries = entries(repo, pack);
                    byte[] good = read(pack);
                    for (int i = 0; i < 15; i++) {
                        long[] entry = entries.get(random.nextInt(entries.size()));
                        byte[] bad = good.clone();
                        bad[(int) entry[0] + HEADER + random.nextInt((int) entry[1] - HEADER)] ^=
                                (byte) (1 + random.nextInt(255));
                        ScanReport report = scanned(repo, pack, bad);
                        Set<String> found = tokens(report);
                        if (!found.containsAll(all)) {
                            assertThat(report.incidents()).isNotEmpty();
                        }
                    }
                });
    }

    @Test
    void anyChangeIsSurvived() {
        Tries.run(
                2,
                random -> {
                    GitRepo repo = RandomRepo.make(folder.resolve("repo-" + made++), 30, random);
                    repo.git("repack", "-adq");
                    for (String ending : List.of(".pack", ".idx")) {
                        Path file = only(repo.folder().resolve("objects/pack"), ending);
                        byte[] good = read(file);
                        for (int i = 0; i < 15; i++) {
                            scanned(repo, file, changed(good, random));
                        }
                        write(file, good);
                    }
                });
    }

    private static byte[] changed(byte[] good, Random random) {
        byte[] bad = good.clone();
        for (int i = 0; i <= random.nextInt(20); i++) {
            bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
        }
        return bad;
    }

    private static ScanReport scanned(GitRepo repo, Path file, byte[] content) {
        write(file, content);
        ScanReport report = GitScans.history(repo.folder());
        assertThat(report.interrupted()).isFalse();
        return report;
    }

    private static Set<String> tokens(ScanReport report) {
        return report.findings().stream().map(GitScans::token).collect(Collectors.toSet());
    }

    /// Offset and size in the pack of each entry that is long enough.
    private static List<long[]> entries(GitRepo repo, Path pack) {
        List<long[]> entries = new ArrayList<>();
        for (String line : repo.git("verify-pack", "-v", pack.toString()).lines().toList()) {
            String[] words = line.split(" +");
            if (words.length >= 5 && words[0].length() >= 40) {
                long size = Long.parseLong(words[3]);
                if (size > HEADER + 4) {
                    entries.add(new long[] {Long.parseLong(words[4]), size});
                }
            }
        }
        return entries;
    }

    private static Path only(Path packs, String ending) {
        try (var files = Files.list(packs)) {
            return files.filter(file -> file.toString().endsWith(ending)).findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, byte[] content) {
        try {
            Files.deleteIfExists(file); // Git makes them read-only
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
