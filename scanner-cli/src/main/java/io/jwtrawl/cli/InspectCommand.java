package io.jwtrawl.cli;

import io.jwtrawl.detect.Limits;
import io.jwtrawl.engine.Engine;
import io.jwtrawl.files.StreamCrawler;
import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.reports.JsonLinesSink;
import io.jwtrawl.reports.TokenExplanation;
import io.jwtrawl.rules.RuleSet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `jwtrawl inspect`.
@Command(
        name = "inspect",
        header = "Decode and rate one token, and explain every point of the rating. Works offline.",
        footer = {
            "",
            "Example, which keeps the token out of the shell's history:",
            "  jwtrawl inspect - < token.txt",
        })
final class InspectCommand implements Callable<Integer> {

    /// The formats that one token can be shown in.
    enum Format {
        TERMINAL,
        JSON
    }

    @Parameters(
            paramLabel = "TOKEN",
            description = "The token, or any text around it; '-' for standard input.")
    String token = "-";

    @Option(names = "--format", paramLabel = "FORMAT", description = "terminal (default) or json.")
    Format format = Format.TERMINAL;

    @Option(
            names = "--at",
            paramLabel = "INSTANT",
            description = "Judge as of this moment. Default: now.")
    @Nullable Instant at;

    @Option(names = "--policy", paramLabel = "FILE", description = "Rate by this policy.")
    @Nullable Path policy;

    @Option(names = "--rules", paramLabel = "DIR", description = "Use the rules in DIR.")
    @Nullable Path rules;

    @Option(
            names = "--show-tokens",
            description = "Show personal data, and in JSON the whole token.")
    boolean showTokens;

    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        InputStream in =
                token.equals("-")
                        ? System.in
                        : new ByteArrayInputStream(token.getBytes(StandardCharsets.UTF_8));
        RuleSet ruleSet = ScanOptions.ruleSet(Optional.ofNullable(rules));
        ScanReport report =
                new Engine(
                                ruleSet,
                                ScanOptions.policy(Optional.ofNullable(policy), ruleSet),
                                Limits.DEFAULT,
                                1,
                                List.of(new StreamCrawler(in)),
                                List.of())
                        .scan(Optional.ofNullable(at).orElseGet(Instant::now));
        Summary.writeIncidents(report, System.err);
        List<Finding> findings = report.findings();
        if (findings.isEmpty()) {
            throw new UsageException("no JSON Web Token in what was given");
        }
        if (format == Format.JSON) {
            new JsonLinesSink(System.out, showTokens).write(report);
        } else {
            PrintWriter out = spec.commandLine().getOut();
            for (Finding finding : findings) {
                out.print(TokenExplanation.of(finding, report.at(), showTokens));
            }
            out.flush();
        }
        return ExitCode.CLEAN;
    }
}
