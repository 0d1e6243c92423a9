package io.jwtrawl.git;

import static io.jwtrawl.git.GitScans.committed;
import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.git.objects.ObjectDatabase;
import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.git.objects.ObjectReader;
import io.jwtrawl.testkit.GitRepo;
import io.jwtrawl.testkit.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ConfigConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// In whatever form Git stores a history, the same is read and found in it.
class StoredFormsTest {

    private static final String TWO_PACKS =
            "git repack -q -d && git commit -q --allow-empty -m more && git repack -q -d && ";

    @TempDir Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init") // before each test
    private GitRepo repo;

    @BeforeEach
    void makeHistory() {
        repo = GitRepo.init(folder.resolve("repo"));
        for (int i = 0; i < 12; i++) {
            repo.write("dir" + i % 3 + "/a.txt", "line\n".repeat(200 + i) + Tokens.any(i % 5));
            repo.commit("change " + i);
        }
        repo.git("checkout", "-q", "-b", "side", "HEAD~4");
        repo.commit("side.txt", Tokens.any(7));
        repo.git("checkout", "-q", "main");
        repo.git("merge", "-q", "-m", "merge", "side");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "git multi-pack-index write => pack/multi-pack-index",
                "git multi-pack-index write && rm -f .git/objects/pack/*.idx => pack/multi-pack-index",
                "git repack -q -a -d --write-midx --write-bitmap-index => pack/multi-pack-index-*.bitmap",
                "git multi-pack-index write && git multi-pack-index repack && git multi-pack-index expire => pack/multi-pack-index",
                "git repack -q -a -d --write-bitmap-index => pack/*.bitmap",
                "git -c pack.writeReverseIndex=true repack -q -a -d -f => pack/*.rev",
                "git commit-graph write --reachable --changed-paths => info/commit-graph",
                "touch $(ls .git/objects/pack/*.pack | head -n 1 | sed s/pack$/keep/) && git repack -q -a -d => pack/*.keep",
                "git repack -q -a -d -f --depth=250 --window=250 => pack/*.pack",
                "git -c pack.indexVersion=1 repack -q -a -d -f => pack/*.idx",
                "git -c repack.useDeltaBaseOffset=false repack -q -a -d -f => pack/*.pack",
                "git -c pack.packSizeLimit=1m -c core.compression=0 repack -q -a -d -f => pack/*.pack",
                "git repack -q -a -d && mv .git/objects/pack/*.pack ../moved && rm -f .git/objects/pack/* && git unpack-objects -q < ../moved => ??/*",
            })
    void isFoundAsBefore(String command, String expected) throws IOException {
        ScanReport before = GitScans.history(repo.folder());
        assertThat(before.findings()).hasSizeGreaterThan(5);
        repo.shell(TWO_PACKS + command);
        assertThat(repo.shell("ls .git/objects/" + expected)).isNotBlank();
        ScanReport after = GitScans.history(repo.folder());
        assertThat(after.incidents()).isEmpty();
        assertThat(GitScans.told(after)).isEqualTo(GitScans.told(before));
        readsWhatGitReads(repo.folder());
    }

    @Test
    void aChainOfCommitGraphsChangesNothing() {
        ScanReport before = GitScans.history(repo.folder());
        for (int i = 0; i < 3; i++) {
            repo.shell(
                    "git commit -q --allow-empty -m "
                            + i
                            + " && git commit-graph write --reachable --split=no-merge");
        }
        assertThat(repo.shell("cat .git/objects/info/commit-graphs/commit-graph-chain").lines())
                .hasSize(3);
        assertThat(GitScans.told(GitScans.history(repo.folder()))).isEqualTo(GitScans.told(before));
    }

    @Test
    void aCruftPackHoldsWhatNothingLeadsTo() {
        repo.git("checkout", "-q", "--detach");
        repo.commit("gone.txt", Tokens.any(9));
        repo.shell("git checkout -q main && rm -rf .git/logs && git repack -q -d --cruft -a");
        assertThat(repo.shell("ls .git/objects/pack/*.mtimes")).isNotBlank();
        ScanReport reached = GitScans.history(repo.folder());
        assertThat(reached.incidents()).isEmpty();
        assertThat(tokens(reached)).doesNotContain(Tokens.any(9));
        assertThat(tokens(GitScans.history(repo.folder(), HistorySelection.ALL_OBJECTS)))
                .contains(Tokens.any(9));
    }

    @Test
    void ofAHeadThatLeadsNowhereTheBranchesAreSearched() {
        repo.git("symbolic-ref", "HEAD", "refs/heads/unborn");
        ScanReport report = GitScans.history(repo.folder());
        assertThat(report.incidents()).isEmpty();
        assertThat(tokens(report)).contains(Tokens.any(7));
        assertThat(report.findings())
                .allSatisfy(finding -> assertThat(committed(finding).history().inHead()).isFalse());
    }

    @Test
    void aDetachedHeadIsWhatCountsAsStillThere() {
        repo.git("checkout", "-q", "--detach", "main~1");
        assertThat(GitScans.history(repo.folder()).findings())
                .filteredOn(finding -> GitScans.token(finding).equals(Tokens.any(7)))
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(committed(finding).history().inHead()).isFalse());
        repo.git("checkout", "-q", "--detach", "main");
        assertThat(GitScans.history(repo.folder()).findings())
                .filteredOn(finding -> GitScans.token(finding).equals(Tokens.any(7)))
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(committed(finding).history().inHead()).isTrue());
    }

    @Test
    void aSubmoduleThatWasAbsorbedIsARepositoryOfItsOwn() {
        GitRepo outer = GitRepo.init(folder.resolve("outer"));
        outer.shell(
                "git clone -q ../repo sub && git -c advice.addEmbeddedRepo=false add sub"
                        + " && git config -f .gitmodules submodule.sub.path sub"
                        + " && git config -f .gitmodules submodule.sub.url ../repo"
                        + " && git add .gitmodules && git submodule --quiet absorbgitdirs");
        outer.commit("a submodule");
        assertThat(outer.folder().resolve("sub/.git")).isRegularFile();
        assertThat(GitScans.history(outer.folder()).findings()).isEmpty();
        ScanReport inner = GitScans.history(outer.folder().resolve(".git/modules/sub"));
        assertThat(inner.incidents()).isEmpty();
        assertThat(tokens(inner)).isEqualTo(tokens(GitScans.history(repo.folder())));
    }

    @Test
    void refsInAReftableAreNamedAsWhatIsNotRead() throws IOException {
        repo.git("gc", "--quiet");
        try (var stored = new FileRepository(repo.folder().resolve(".git").toFile())) {
            stored.convertRefStorage(ConfigConstants.CONFIG_REF_STORAGE_REFTABLE, false, false);
        }
        assertThat(Files.size(repo.folder().resolve(".git/reftable/tables.list"))).isPositive();
        ScanReport report = GitScans.history(repo.folder());
        assertThat(report.isComplete()).isFalse();
        assertThat(report.incidents())
                .anySatisfy(incident -> assertThat(incident.what()).contains("reftable"));
    }

    /// From one repository to the next, as many as Git follows.
    @Test
    void borrowedObjectsAreReadThroughAChain() throws IOException {
        Path before = repo.folder().resolve(".git/objects");
        GitRepo last = repo;
        for (int i = 1; i <= 6; i++) {
            last = GitRepo.init(folder.resolve("borrower" + i));
            Files.writeString(last.folder().resolve(".git/objects/info/alternates"), before + "\n");
            before = last.folder().resolve(".git/objects");
        }
        last.git("update-ref", "refs/heads/main", repo.head()); // which Git has, too
        assertThat(GitScans.history(last.folder()).incidents()).isEmpty();
        assertThat(tokens(GitScans.history(last.folder())))
                .isEqualTo(tokens(GitScans.history(repo.folder())));
    }

    @Test
    void repositoriesThatBorrowFromOneAnotherAreReadOnce() throws IOException {
        GitRepo other = GitRepo.init(folder.resolve("other"));
        other.commit("b.txt", Tokens.any(9));
        for (List<GitRepo> pair : List.of(List.of(repo, other), List.of(other, repo))) {
            Files.writeString(
                    pair.getFirst().folder().resolve(".git/objects/info/alternates"),
                    pair.getLast().folder().resolve(".git/objects") + "\n");
        }
        other.git("update-ref", "refs/heads/theirs", repo.head());
        ScanReport report = GitScans.history(other.folder());
        assertThat(report.incidents()).isEmpty();
        assertThat(tokens(report)).contains(Tokens.any(9), Tokens.any(7));
    }

    @Test
    void aChainOfRepositoriesToBorrowFromThatIsTooLongIsNamed() throws IOException {
        Path before = repo.folder().resolve(".git/objects");
        GitRepo last = repo;
        for (int i = 1; i <= 7; i++) {
            last = GitRepo.init(folder.resolve("borrower" + i));
            Files.writeString(last.folder().resolve(".git/objects/info/alternates"), before + "\n");
            before = last.folder().resolve(".git/objects");
        }
        assertThat(GitScans.history(last.folder()).incidents())
                .anySatisfy(incident -> assertThat(incident.what()).contains("more than 6"));
    }

    private static void readsWhatGitReads(Path folder) throws IOException {
        GitRepo git = GitRepo.at(folder);
        String objects = git.git("cat-file", "--batch-all-objects", "--batch-check");
        try (ObjectDatabase database =
                        GitRepository.at(folder).orElseThrow().objects((_, _) -> {});
                ObjectReader reader = database.newReader()) {
            for (String line : objects.lines().toList()) {
                String[] words = line.split(" ");
                assertThat(reader.read(ObjectId.fromString(words[0])).bytes())
                        .as(line)
                        .hasSize(Integer.parseInt(words[2]));
            }
        }
    }

    private static Set<String> tokens(ScanReport report) {
        List<String> tokens = report.findings().stream().map(GitScans::token).toList();
        return Set.copyOf(tokens);
    }
}
