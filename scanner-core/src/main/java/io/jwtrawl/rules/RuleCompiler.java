package io.jwtrawl.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Checks the rule files at build time and writes them as one JSON file, so that a scan starts without YAML and
/// without compiling an automaton.
final class RuleCompiler {

    private RuleCompiler() {}

    /// @param arguments the rules folder, and the class folder to write into
    public static void main(String[] arguments) throws IOException {
        var rules = RuleReader.merge(Path.of(arguments[0]));
        var checked = RuleSet.of(rules);
        rules.set("detection", RuleMapper.json().valueToTree(checked.detection()));
        Path compiled = Path.of(arguments[1]).resolve("io/jwtrawl/rules").resolve(RuleSet.COMPILED);
        Files.createDirectories(compiled.getParent());
        Files.write(compiled, RuleMapper.json().writeValueAsBytes(rules));
        System.out.println(
                checked.tokens().size()
                        + " token rules, "
                        + checked.encodings().size()
                        + " encodings, "
                        + checked.detection().needles().size()
                        + " needles, "
                        + checked.providers().size()
                        + " providers, "
                        + checked.samples().size()
                        + " samples, "
                        + checked.policies().size()
                        + " policies");
    }
}
