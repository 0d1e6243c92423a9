package io.jwtrawl.cli;

import static io.jwtrawl.cli.OptionValues.option;

import io.jwtrawl.engine.RuleExamples;
import io.jwtrawl.rules.RuleSet;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/// `jwtrawl rules test`.
final class TestRulesCommand implements Command {

    @Override
    public String name() {
        return "rules test";
    }

    @Override
    public String header() {
        return "Check that every rule finds its examples and none of its non-examples.";
    }

    @Override
    public String operands() {
        return "";
    }

    @Override
    public Options options() {
        return new Options().addOption(option("rules", "DIR", "Other rules."));
    }

    @Override
    public int run(CommandLine line) {
        Optional<Path> folder = new OptionValues(line).path("rules");
        List<RuleExamples.Outcome> outcomes =
                RuleExamples.run(
                        folder.isEmpty()
                                ? RuleSet.builtInWithExamples()
                                : ScanOptions.ruleSet(folder));
        PrintStream out = System.out;
        int failed = 0;
        for (RuleExamples.Outcome outcome : outcomes) {
            if (outcome.problem().isPresent()) {
                failed++;
                out.printf(
                        "%s: %s %d: %s%n",
                        outcome.rule(),
                        outcome.positive() ? "example" : "non-example",
                        outcome.number(),
                        outcome.problem().get());
            }
        }
        out.printf(Locale.ROOT, "%d passed, %d failed%n", outcomes.size() - failed, failed);
        out.flush();
        return failed == 0 ? ExitCode.CLEAN : ExitCode.FOUND;
    }
}
