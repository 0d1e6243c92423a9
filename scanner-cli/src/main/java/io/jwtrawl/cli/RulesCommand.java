package io.jwtrawl.cli;

import io.jwtrawl.engine.RuleExamples;
import io.jwtrawl.rules.Provider;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.rules.TokenFamily;
import io.jwtrawl.rules.TokenRule;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `jwtrawl rules`.
@Command(
        name = "rules",
        header = "Show the rules, or run their examples as tests.",
        synopsisSubcommandLabel = "COMMAND")
final class RulesCommand implements Runnable {

    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: list or test");
    }

    @Command(
            name = "list",
            header = "List the kinds of tokens that are found, and the issuers that are known.")
    int list(
            @Option(names = "--rules", paramLabel = "DIR", description = "Other rules.")
                    @Nullable Path folder) {
        RuleSet rules = ScanOptions.ruleSet(Optional.ofNullable(folder));
        PrintWriter out = spec.commandLine().getOut();
        for (TokenRule rule : rules.tokens()) {
            row(out, "token", rule.id(), rule.title());
        }
        rules.encodings()
                .forEach(encoding -> row(out, "encoding", encoding.id(), encoding.title()));
        for (Provider provider : rules.providers()) {
            for (TokenFamily family : provider.families()) {
                row(out, provider.id(), family.id(), family.title());
            }
        }
        rules.samples().forEach(sample -> row(out, "sample", sample.id(), sample.title()));
        rules.policies().forEach(policy -> row(out, "policy", policy.id(), policy.title()));
        out.flush();
        return ExitCode.CLEAN;
    }

    @Command(
            name = "test",
            header = "Check that every rule finds its examples and none of its non-examples.")
    int test(
            @Option(names = "--rules", paramLabel = "DIR", description = "Other rules.")
                    @Nullable Path folder) {
        List<RuleExamples.Outcome> outcomes =
                RuleExamples.run(
                        folder == null
                                ? RuleSet.builtInWithExamples()
                                : ScanOptions.ruleSet(Optional.of(folder)));
        PrintWriter out = spec.commandLine().getOut();
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

    private static void row(PrintWriter out, String group, String id, String title) {
        out.printf("%-16s %-36s %s%n", group, id, title);
    }
}
