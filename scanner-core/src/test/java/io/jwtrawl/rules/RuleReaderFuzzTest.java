package io.jwtrawl.rules;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class RuleReaderFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void refusesAPolicyOnlyByItsOwnException(byte[] yaml) throws IOException {
        Path file = Files.createTempFile("policy", ".yaml");
        try {
            Files.write(file, yaml);
            RuleReader.readPolicy(
                    file, RuleSet.builtIn().policies(), RuleSet.builtIn().algorithms());
        } catch (RuleFileException e) {
            // It names the file and what is wrong in it.
        } finally {
            Files.delete(file);
        }
    }
}
