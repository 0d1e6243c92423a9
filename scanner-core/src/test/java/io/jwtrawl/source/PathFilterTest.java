package io.jwtrawl.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathFilterTest {

    @ParameterizedTest
    @CsvSource({
        "*.log, a.log, true",
        "*.log, x/y/a.log, true",
        "*.log, a.txt, false",
        "node_modules, x/node_modules/a/b.js, true",
        "build/, build/a, true",
        "src/**, src/a/b, true",
        "src/**, test/src/a, false",
        "**/src/**, src/a, true",
        "src/*.js, src/a.js, true",
        "src/*.js, src/x/a.js, false",
        "'{a,b}.txt', b.txt, true",
    })
    void globsMeanWhatPeopleExpect(String glob, String path, boolean matches) {
        assertThat(PathFilter.of(List.of(glob), List.of()).acceptsFile(Path.of(path)))
                .isEqualTo(matches);
        assertThat(PathFilter.of(List.of(), List.of(glob)).acceptsFile(Path.of(path)))
                .isEqualTo(!matches);
    }
}
