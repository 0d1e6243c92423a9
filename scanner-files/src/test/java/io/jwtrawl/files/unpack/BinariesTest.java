package io.jwtrawl.files.unpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.testkit.Tokens;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Programs and their memory, as compilers and debuggers write them: the section or the piece of memory is named.
@Timeout(120)
class BinariesTest {

    @TempDir Path folder = Path.of("");

    private static List<String> found(ScanReport report) {
        return report.findings().stream().map(BinariesTest::found).sorted().toList();
    }

    private static String found(Finding finding) {
        String name = finding.sighting().token().claims().orElseThrow().subject().orElseThrow();
        return name
                + " in "
                + finding.sighting().part().orElse("")
                + String.join(" ", finding.place().encoding());
    }

    @Test
    void namesTheSectionsOfAProgramForWindows() throws IOException {
        Files.write(folder.resolve("a.bin"), Fixtures.read("program.exe.xz"));
        ScanReport report = Unpacked.scan(folder);
        assertThat(found(report))
                .containsExactly(
                        "program-constant in .rdata",
                        "program-resource in .rsrcutf-16",
                        "program-variable in .data",
                        "program-wide in .rdatautf-16");
        assertThat(report.incidents()).isEmpty();
    }

    /// As it lies on the heap of a process, and on its stack.
    @Test
    void namesTheMemoryInACoreDump() throws Exception {
        assumeTrue(Programs.isThere("gcc") && Programs.isThere("gcore"));
        Files.writeString(
                folder.resolve("a.c"),
                """
                #include <stdio.h>
                #include <stdlib.h>
                #include <string.h>
                int main() {
                  char stack[300], *heap = malloc(300);
                  if (!fgets(stack, 300, stdin) || !fgets(heap, 300, stdin)) return 1;
                  setvbuf(stdin, NULL, _IONBF, 0);
                  puts("ready");
                  fflush(stdout);
                  getchar();
                  return heap[0] + stack[0];
                }
                """);
        Programs.run(folder, "gcc -o a a.c");
        Files.createDirectory(folder.resolve("scanned"));
        Process process = new ProcessBuilder(folder.resolve("a").toString()).start();
        try {
            OutputStream in = process.getOutputStream();
            String both = Tokens.any(1) + "\n" + Tokens.any(2) + "\n";
            in.write(both.getBytes(StandardCharsets.US_ASCII));
            in.flush();
            assertThat(process.inputReader().readLine()).isEqualTo("ready");
            boolean isDumped = dump(process.pid());
            assumeTrue(isDumped, "no process may look at another here");
        } finally {
            process.destroyForcibly();
        }
        ScanReport report = Unpacked.scan(folder.resolve("scanned"));
        assertThat(report.findings())
                .isNotEmpty()
                .allSatisfy(finding ->
                        assertThat(finding.sighting().part().orElse(""))
                                .matches("memory from 0x[0-9a-f]+"));
        assertThat(found(report))
                .anySatisfy(line -> assertThat(line).startsWith("test-1 "))
                .anySatisfy(line -> assertThat(line).startsWith("test-2 "));
        assertThat(report.incidents()).isEmpty();
    }

    private boolean dump(long process) throws IOException, InterruptedException {
        return new ProcessBuilder("gcore", "-o", "scanned/core", Long.toString(process))
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start()
                        .waitFor()
                == 0;
    }
}
