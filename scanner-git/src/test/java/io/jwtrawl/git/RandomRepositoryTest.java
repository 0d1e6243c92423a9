package io.jwtrawl.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.git.GitOracle.Spot;
import io.jwtrawl.git.GitOracle.Story;
import io.jwtrawl.git.objects.HashFormat;
import io.jwtrawl.git.objects.ObjectDatabase;
import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.git.objects.ObjectNaming;
import io.jwtrawl.git.objects.ObjectReader;
import io.jwtrawl.git.objects.ObjectScan;
import io.jwtrawl.git.objects.ObjectSelection;
import io.jwtrawl.git.objects.StoredObject;
import io.jwtrawl.source.GitObjectType;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.testkit.GitRepo;
import io.jwtrawl.testkit.RandomRepo;
import io.jwtrawl.testkit.Tries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jgit.lib.ObjectLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random repositories, read by us, by the git command line, and by JGit. `-Djwtrawl.tries` makes more of them.
class RandomRepositoryTest {

    private static final int COMMITS = 25;

    @TempDir Path folder = Path.of("");

    private int made;

    @Test
    void readsWhatGitReadsAndTellsWhatBruteForceTells() {
        Tries.run(
                12,
                random -> {
                    GitRepo repo = RandomRepo.make(next(), COMMITS, random);
                    var oracle = new GitOracle(repo.folder());
                    readsEachObjectLikeGit(repo.folder(), oracle);
                    findsTheTokensInEachObject(repo.folder(), oracle);
                    tellsWhereTokensWere(repo.folder(), oracle);
                    tellsTheSameWhoeverReads(repo.folder());
                });
    }

    @Test
    void readsWhatIsBorrowed() {
        Tries.run(
                2,
                random -> {
                    GitRepo lender = RandomRepo.make(next(), COMMITS, random);
                    Path borrower = next();
                    lender.git("clone", "-q", "--shared", "--bare", ".", borrower.toString());
                    tellsWhereTokensWere(borrower, new GitOracle(borrower));
                });
    }

    private Path next() {
        return folder.resolve("repo-" + made++);
    }

    private static void readsEachObjectLikeGit(Path repository, GitOracle oracle) {
        GitRepository location = GitRepository.at(repository).orElseThrow();
        try (ObjectDatabase database = location.objects(RandomRepositoryTest::noProblem);
                ObjectReader reader = database.newReader()) {
            boolean both = database.format() == HashFormat.SHA1;
            for (var entry : oracle.objects().entrySet()) {
                StoredObject object = reader.read(ObjectId.fromString(entry.getKey()));
                assertThat(object.type().name().toLowerCase(Locale.ROOT))
                        .isEqualTo(entry.getValue().type());
                assertThat(object.bytes()).isEqualTo(entry.getValue().content());
            }
            if (both) {
                readsEachObjectLikeJGit(location, reader, oracle.objects().keySet());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void readsEachObjectLikeJGit(
            GitRepository location, ObjectReader reader, Set<String> ids) throws IOException {
        try (ObjectStore store = location.open(RandomRepositoryTest::noProblem);
                var other = store.newReader()) {
            for (String id : ids) {
                ObjectLoader loader = other.open(org.eclipse.jgit.lib.ObjectId.fromString(id));
                assertThat(reader.read(ObjectId.fromString(id)).bytes())
                        .isEqualTo(loader.getCachedBytes());
            }
        }
    }

    private static void findsTheTokensInEachObject(Path repository, GitOracle oracle) {
        GitRepository location = GitRepository.at(repository).orElseThrow();
        try (ObjectDatabase database = location.objects(RandomRepositoryTest::noProblem)) {
            var naming =
                    new ObjectNaming() {
                        @Override
                        public Provenance of(ObjectId id, GitObjectType type) {
                            return new Provenance.GitObject(repository, id.name(), type);
                        }

                        @Override
                        public Provenance of(Path file) {
                            return new Provenance.LocalFile(repository, file);
                        }
                    };
            var scan =
                    new ObjectScan(
                            database,
                            ObjectSelection.ALL,
                            naming,
                            Optional.empty(),
                            (_, unread, _) -> assertThat(unread).isEmpty());
            ScanReport report = GitScans.run(scan, Optional.empty());
            assertThat(report.incidents()).isEmpty();
            Map<String, Set<String>> found = new TreeMap<>();
            for (Finding finding : report.findings()) {
                var object = (Provenance.GitObject) finding.sighting().provenance().outermost();
                found.computeIfAbsent(object.objectId(), _ -> new TreeSet<>())
                        .add(GitScans.token(finding));
            }
            assertThat(found).isEqualTo(oracle.tokens());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void tellsWhereTokensWere(Path repository, GitOracle oracle) {
        ScanReport report = GitScans.history(repository);
        assertThat(report.incidents()).isEmpty();
        Map<Spot, Provenance.History> told = new HashMap<>();
        Set<List<String>> messages = new HashSet<>();
        for (Finding finding : report.findings()) {
            String token = GitScans.token(finding);
            switch (finding.sighting().provenance().outermost()) {
                case Provenance.CommittedFile(_, _, var path, var history) ->
                        told.put(new Spot(path, token), history);
                case Provenance.GitMessage message ->
                        messages.add(List.of(message.objectId(), token));
                case Provenance other -> throw new AssertionError(other);
            }
        }
        Map<Spot, Story> stories = oracle.stories();
        assertThat(told.keySet()).isEqualTo(stories.keySet());
        told.forEach((spot, history) -> {
            Story story = Objects.requireNonNull(stories.get(spot));
            assertThat(story.introduced()).as("%s", spot).contains(history.introduced().commit());
            history.removedBy().ifPresent(commit -> assertThat(story.removed()).contains(commit));
            assertThat(history.inHead()).as("%s", spot).isEqualTo(story.inHead());
            Set<String> branches = oracle.branches(spot);
            assertThat(Set.copyOf(history.branches())).as("%s", spot).isEqualTo(branches);
            if (!story.inHead() && branches.isEmpty()) {
                assertThat(history.removedBy().isPresent())
                        .as("%s", spot)
                        .isEqualTo(!story.removed().isEmpty());
            }
        });
        assertThat(messages).isEqualTo(messages(oracle));
    }

    /// JGit is only asked where something is shown in another's place, but could be asked anywhere.
    private static void tellsTheSameWhoeverReads(Path repository) {
        if (GitRepository.at(repository).orElseThrow().format() != HashFormat.SHA1) {
            return;
        }
        for (HistorySelection selection :
                List.of(HistorySelection.REACHABLE, HistorySelection.ALL_OBJECTS)) {
            ScanReport ours = GitScans.history(repository, selection, ObjectReading.PACKS);
            ScanReport other = GitScans.history(repository, selection, ObjectReading.JGIT);
            assertThat(GitScans.told(ours)).as("%s", selection).isEqualTo(GitScans.told(other));
            assertThat(ours.incidents()).isEqualTo(other.incidents());
        }
    }

    private static Set<List<String>> messages(GitOracle oracle) {
        Set<List<String>> messages = new HashSet<>();
        Set<String> reachable = oracle.reachable();
        Map<String, Set<String>> tokens = oracle.tokens();
        oracle.objects()
                .forEach((id, object) -> {
                    if (!object.type().equals("blob") && reachable.contains(id)) {
                        tokens.getOrDefault(id, Set.of())
                                .forEach(token -> messages.add(List.of(id, token)));
                    }
                });
        return messages;
    }

    private static void noProblem(Path file, Exception why) {
        throw new AssertionError(file + ": " + why, why);
    }
}
