package io.jwtrawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.cli.Launcher.Result;
import io.jwtrawl.testkit.GitRepo;
import io.jwtrawl.testkit.HandmadePack;
import io.jwtrawl.testkit.Tokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Packs that need little space on disk and much when they are expanded, searched in a heap of 64 MiB.
class PackIT {

    private static final int MIB = 1 << 20;

    @TempDir Path folder = Path.of("");

    private final HandmadePack pack = new HandmadePack();
    private final List<String> blobs = new ArrayList<>();

    @Test
    void searchesManyVersionsOfAMebibyteInChainsOf250() throws IOException {
        int tokens = 0;
        int places = 0; // each version is a file of its own, and keeps what the one before held
        for (int chain = 0; chain < 4; chain++) {
            byte[] content = new byte[MIB];
            new Random(chain).nextBytes(content);
            long base = pack.add(made("base " + chain), HandmadePack.BLOB, content);
            long size = MIB;
            for (int i = 1; i <= 250; i++) {
                places += i / 50;
                String line = i % 50 == 0 ? Tokens.any(tokens++) : "version " + i;
                base = grown(chain + "/" + i, base, size, size + line.length(), line);
                size += line.length();
            }
        }
        assertThat(linesFound()).isEqualTo(places);
    }

    @Test
    void searchesABlobOf500MebibytesAndWhatIsMadeFromIt() throws IOException {
        byte[] end = Tokens.any(1).getBytes(StandardCharsets.US_ASCII);
        long size = 500L * MIB + end.length;
        long base = pack.addZeros(made("large"), 500L * MIB, end);
        grown("small", base, size, 300, Tokens.any(2));
        grown("larger", base, size, size + 1000, Tokens.any(3));
        assertThat(linesFound()).isEqualTo(4); // the larger one holds the first token too
    }

    @Test
    void searchesWhatASmallBaseIsCopiedIntoManyTimes() throws IOException {
        long base =
                pack.add(
                        made("base"),
                        HandmadePack.BLOB,
                        "x\n".repeat(500).getBytes(StandardCharsets.US_ASCII));
        long small = grown("small", base, 1000, 3 * MIB, "and so on");
        for (int i = 0; i < 40; i++) {
            long large = grown("large " + i, small, 3 * MIB, 3 * MIB + 100, "more");
            grown("huge " + i, large, 3 * MIB + 100, 20L * MIB, Tokens.any(i));
        }
        assertThat(linesFound()).isEqualTo(40);
    }

    /// As large beside the heap as 500 MiB are beside 384, and a half more.
    @ParameterizedTest
    @ValueSource(strings = {"head -c 128M /dev/urandom", "seq 17000000"})
    void searchesALargeFileThatGitItselfPacked(String content) {
        GitRepo repo = GitRepo.init(folder.resolve("repo"));
        repo.shell(content + " > large && printf '\\n%s\\n' " + Tokens.any(1) + " >> large");
        repo.git("config", "core.compression", "1");
        repo.commit("a large file");
        Result loose = run();
        repo.git("repack", "-a", "-d", "-q");
        for (Result result : List.of(loose, run())) {
            assertThat(result.err()).isEmpty();
            assertThat(result.exitCode()).isZero();
            assertThat(result.out().lines()).hasSize(1);
        }
    }

    @Test
    void namesWhatClaimsToHaveFourGibibytesAndReadsDeltasAgainstAnotherPack() throws IOException {
        byte[] content = new byte[MIB];
        new Random(1).nextBytes(content);
        String base = HandmadePack.id("blob", content);
        for (int i = 0; i < 200; i++) {
            String line = i % 50 == 0 ? Tokens.any(i) : "version " + i;
            byte[] delta =
                    HandmadePack.growing(
                            MIB, MIB + line.length(), line.getBytes(StandardCharsets.US_ASCII));
            pack.addDelta(made("against another pack " + i), base, delta);
        }
        byte[] some = HandmadePack.deflated(content);
        pack.add(made("claims"), HandmadePack.BLOB, 4L << 30, new byte[0], some);
        var other = new HandmadePack();
        other.add(base, HandmadePack.BLOB, content);
        write();
        other.write(folder.resolve("repo/objects/pack"), "other");
        Result result = run();
        assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
        assertThat(result.out().lines().filter(line -> line.contains("\"token\""))).hasSize(4);
        assertThat(result.err())
                .contains("cannot read")
                .contains("content of another size than its header says");
    }

    private long grown(String name, long base, long baseSize, long size, String end) {
        return pack.addDelta(
                made(name),
                base,
                HandmadePack.growing(baseSize, size, end.getBytes(StandardCharsets.US_ASCII)));
    }

    private String made(String name) {
        String id = HandmadePack.id("blob", name.getBytes(StandardCharsets.UTF_8));
        blobs.add(id);
        return id;
    }

    private long linesFound() throws IOException {
        write();
        Result result = run();
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        return result.out().lines().count();
    }

    private Result run() {
        return Launcher.run(
                folder,
                "git",
                "repo",
                "--max-memory=64m",
                "--fail-on=never",
                "--quiet",
                "--format=jsonl");
    }

    private void write() throws IOException {
        GitRepo repo = GitRepo.init(folder.resolve("repo"), "--bare");
        Files.writeString(repo.folder().resolve("refs/heads/main"), pack.commit(blobs) + "\n");
        pack.write(repo.folder().resolve("objects/pack"), "made");
    }
}
