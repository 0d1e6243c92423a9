package io.jwtrawl.cli;

import static io.jwtrawl.cli.OptionValues.option;

import io.jwtrawl.rules.Provider;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.rules.TokenFamily;
import io.jwtrawl.rules.TokenRule;
import java.io.PrintStream;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/// `jwtrawl rules list`.
final class ListRulesCommand implements Command {

    @Override
    public String name() {
        return "rules list";
    }

    @Override
    public String header() {
        return "List the kinds of tokens that are found, and the issuers that are known.";
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
        RuleSet rules = ScanOptions.ruleSet(new OptionValues(line).path("rules"));
        PrintStream out = System.out;
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

    private static void row(PrintStream out, String group, String id, String title) {
        out.printf("%-16s %-36s %s%n", group, id, title);
    }
}
