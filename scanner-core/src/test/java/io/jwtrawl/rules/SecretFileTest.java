package io.jwtrawl.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFileTest {

    @TempDir Path folder = Path.of("");

    @Test
    void readsSecretsWithTheirEscapesAndWithoutComments() throws IOException {
        write("#! a comment\n#not one\n\na b\n\\\\x41\n\\x00\\xfFz\n\u00e9\n");
        assertThat(all(SecretFile.of(folder)))
                .containsExactly(
                        bytes("#not one"),
                        bytes("a b"),
                        bytes("\\x41"),
                        new byte[] {0, -1, 'z'},
                        bytes("\u00e9"));
    }

    @Test
    void namesTheLineOfAWrongEscape() throws IOException {
        write("a\nb\\x4\n");
        assertThatThrownBy(() -> SecretFile.of(folder))
                .isInstanceOf(RuleFileException.class)
                .hasMessageContaining("secrets/known.txt: line 2: a backslash is written");
    }

    @Test
    void theListThatIsBuiltInIsTheFileOfTheRules() throws IOException {
        assertThat(all(SecretFile.builtIn()))
                .containsExactlyElementsOf(all(SecretFile.of(Path.of("../rules"))));
    }

    private static List<byte[]> all(SecretList secrets) {
        return IntStream.range(0, secrets.size()).mapToObj(secrets::get).toList();
    }

    private void write(String text) throws IOException {
        Files.createDirectories(folder.resolve("secrets"));
        Files.writeString(folder.resolve("secrets/known.txt"), text);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
