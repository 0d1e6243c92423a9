package io.jwtrawl.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleReaderTest {

    private static final Path RULES = Path.of("../rules");

    @TempDir Path folder = Path.of("");

    @BeforeEach
    void copyTheRules() throws IOException {
        try (Stream<Path> files = Files.walk(RULES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(RULES.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    @Test
    void theFilesSayWhatTheBuildCompiled() throws IOException {
        RuleSet read = RuleReader.read(folder);
        assertThat(RuleSource.of(RuleSet.builtIn())).isEqualTo(RuleSource.of(read));
        RuleSet withExamples = RuleSet.builtInWithExamples();
        assertThat(RuleSource.of(withExamples)).isEqualTo(RuleSource.of(read));
        assertThat(withExamples.tokens()).isEqualTo(read.tokens());
        assertThat(withExamples.encodings()).isEqualTo(read.encodings());
        assertThat(withExamples.providers()).isEqualTo(read.providers());
    }

    @Test
    void namesFileEntryAndFieldOfAWrongValue() throws IOException {
        replace("issuers/supabase.yaml", "kind: service-credential", "kind: service-credentials");
        assertThatThrownBy(() -> RuleReader.read(folder))
                .isInstanceOf(RuleFileException.class)
                .hasMessageContaining("issuers/supabase.yaml: supabase-service-role: kind: ");
    }

    @Test
    void namesAnUnknownField() throws IOException {
        replace("tokens/jwe.yaml", "partial: false", "partly: false");
        assertThatThrownBy(() -> RuleReader.read(folder))
                .hasMessageContaining("tokens/jwe.yaml: jwe: ")
                .hasMessageContaining("partly");
    }

    @Test
    void namesAMissingLimitOfAPolicy() throws IOException {
        replace("policies/default.yaml", "  clock-skew: PT1M\n", "");
        assertThatThrownBy(() -> readDefault())
                .hasMessageContaining("default: limits: ")
                .hasMessageContaining("clock-skew");
    }

    @Test
    void namesALevelThatIsOutOfOrder() throws IOException {
        replace("policies/default.yaml", "high: 70", "high: 95");
        assertThatThrownBy(() -> readDefault()).hasMessageContaining("default: levels must rise");
    }

    @Test
    void namesThePlaceOfBrokenYaml() throws IOException {
        Files.writeString(folder.resolve("tokens/jws.yaml"), "id: jws\ntitle: [unclosed\n");
        assertThatThrownBy(() -> RuleReader.read(folder))
                .isInstanceOf(RuleFileException.class)
                .hasMessageMatching("tokens/jws.yaml: line 3, column 1: [^\n]*flow sequence[^\n]*");
    }

    @Test
    void namesSeveralProblemsOnOneLine() throws IOException {
        replace("tokens/jwe.yaml", "partial: false", "partly: false");
        assertThatThrownBy(() -> RuleReader.read(folder))
                .hasMessageContaining("; ")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void namesAWrongNameOfAPersonalClaim() throws IOException {
        replace("personal/claims.yaml", "- fullname", "- full_name");
        assertThatThrownBy(() -> RuleReader.read(folder))
                .hasMessageContaining("personal/claims.yaml: names/");
    }

    @Test
    void namesAnIdThatIsUsedTwice() throws IOException {
        Files.copy(folder.resolve("issuers/supabase.yaml"), folder.resolve("issuers/zzz.yaml"));
        assertThatThrownBy(() -> RuleReader.read(folder)).hasMessageContaining("supabase");
    }

    private Policy readDefault() throws IOException {
        return RuleReader.readPolicy(
                folder.resolve("policies/default.yaml"), List.of(), RuleSet.builtIn().algorithms());
    }

    private void replace(String file, String before, String after) throws IOException {
        String text = Files.readString(folder.resolve(file));
        assertThat(text).contains(before);
        Files.writeString(folder.resolve(file), text.replace(before, after));
    }
}
