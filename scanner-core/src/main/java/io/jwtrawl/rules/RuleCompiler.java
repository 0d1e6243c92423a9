package io.jwtrawl.rules;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;

/// Checks the rule files at build time and writes them as one JSON file, with their examples, and as a class, so that a
/// scan starts without reading YAML or JSON and without compiling an automaton.
final class RuleCompiler {

    private RuleCompiler() {}

    /// @param arguments the rules folder, the class folder to write into, and a folder for the source of the class
    public static void main(String[] arguments) throws IOException {
        var rules = RuleReader.merge(Path.of(arguments[0]));
        var checked = RuleSet.of(rules);
        rules.set("needles", RuleMapper.json().valueToTree(checked.needles()));
        rules.set("detection", RuleMapper.json().valueToTree(checked.detection()));
        Path compiled = Path.of(arguments[1]).resolve("io/jwtrawl/rules").resolve(RuleSet.COMPILED);
        Files.createDirectories(compiled.getParent());
        Files.write(compiled, RuleMapper.json().writeValueAsBytes(rules));
        try (OutputStream secrets =
                Files.newOutputStream(compiled.resolveSibling(SecretFile.BUILT_IN))) {
            SecretFile.of(Path.of(arguments[0])).write(secrets);
        }
        compile(RuleSource.of(checked), Path.of(arguments[2]), Path.of(arguments[1]));
        System.out.println(
                checked.tokens().size()
                        + " token rules, "
                        + checked.encodings().size()
                        + " encodings, "
                        + checked.needles().size()
                        + " needles, "
                        + checked.providers().size()
                        + " providers, "
                        + checked.samples().size()
                        + " samples, "
                        + checked.policies().size()
                        + " policies");
    }

    private static void compile(String source, Path sources, Path classes) throws IOException {
        Path file = sources.resolve("io/jwtrawl/rules").resolve(RuleSource.CLASS_NAME + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
        int status =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                System.out,
                                System.err,
                                "--release",
                                Integer.toString(Runtime.version().feature()),
                                "-proc:none",
                                "-classpath",
                                System.getProperty("java.class.path"),
                                "-d",
                                classes.toString(),
                                file.toString());
        if (status != 0) {
            throw new IllegalStateException("the rules do not compile");
        }
    }
}
