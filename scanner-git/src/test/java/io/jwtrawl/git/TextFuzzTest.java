package io.jwtrawl.git;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.jwtrawl.git.objects.BadObjectException;
import io.jwtrawl.git.objects.HashFormat;
import io.jwtrawl.testkit.GitRepo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.io.TempDir;

/// Whatever stands where a commit, a tag or the configuration tells something, an answer comes out of it, or an exception
/// that crawlers expect.
class TextFuzzTest {

    @TempDir Path folder = Path.of("");

    @FuzzTest(maxDuration = "5m")
    void anyCommitOrTagTellsWhoWroteItOrNobody(byte[] bytes) {
        for (Person person :
                new Person[] {
                    Person.authorOf(bytes), Person.committerOf(bytes), Person.taggerOf(bytes)
                }) {
            assertThat(person.name()).doesNotContain("\n");
            person.when().ifPresent(when -> assertThat(when).isAfter(Instant.EPOCH));
        }
        assertThat(RawObjects.committed(bytes)).isNotNegative();
        for (HashFormat format : HashFormat.values()) {
            try {
                assertThat(RawObjects.tag(bytes, format).type()).isNotNull();
            } catch (BadObjectException e) {
                assertThat(e).hasMessageNotContaining("null");
            }
            try {
                assertThat(RawObjects.commit(bytes, format).tree())
                        .isEqualTo(RawObjects.tree(bytes, format));
            } catch (BadObjectException e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        }
    }

    @FuzzTest(maxDuration = "5m")
    void anyConfigurationIsReadOrRefused(byte[] bytes) throws IOException {
        Path git = folder.resolve("repo/.git");
        if (!Files.exists(git)) {
            GitRepo.init(folder.resolve("repo"));
        }
        Files.write(git.resolve("config"), bytes);
        try {
            GitRepository location = GitRepository.at(folder.resolve("repo")).orElseThrow();
            GitConfiguration.format(location);
            GitConfiguration.isPartialClone(location);
            RepositoryInfo.origin(GitConfiguration.of(location)).ifPresent(Permalinks::of);
        } catch (IOException | IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
