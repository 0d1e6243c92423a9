package io.jwtrawl.cli;

import static io.jwtrawl.cli.OptionValues.flag;
import static io.jwtrawl.cli.OptionValues.option;

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
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/// `jwtrawl inspect`.
final class InspectCommand implements Command {

    /// The formats that one token can be shown in.
    enum Format {
        TERMINAL,
        JSON
    }

    @Override
    public String name() {
        return "inspect";
    }

    @Override
    public String header() {
        return "Decode and rate one token, and explain every point of the rating. Works offline.";
    }

    @Override
    public String operands() {
        return "TOKEN";
    }

    @Override
    public List<String> description() {
        return List.of("TOKEN is the token, or any text around it; '-' for standard input.");
    }

    @Override
    public List<String> examples() {
        return List.of(
                "jwtrawl inspect - < token.txt      keeps the token out of the shell's history");
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(option("format", "FORMAT", "terminal (default) or json."))
                .addOption(option("at", "INSTANT", "Judge as of this moment. Default: now."))
                .addOption(option("policy", "FILE", "Rate by this policy."))
                .addOption(option("rules", "DIR", "Use the rules in DIR."))
                .addOption(flag("show-tokens", "Show personal data, and in JSON the whole token."));
    }

    @Override
    public int run(CommandLine line) throws IOException, InterruptedException {
        if (line.getArgList().size() != 1) {
            throw new UsageException("give one TOKEN, or '-' for standard input");
        }
        String token = line.getArgList().getFirst();
        var values = new OptionValues(line);
        boolean showTokens = values.has("show-tokens");
        Format format = values.oneOf("format", Format.class).orElse(Format.TERMINAL);
        Instant now = values.instant("at").orElseGet(Instant::now);
        InputStream in =
                token.equals("-")
                        ? System.in
                        : new ByteArrayInputStream(token.getBytes(StandardCharsets.UTF_8));
        RuleSet ruleSet = ScanOptions.ruleSet(values.path("rules"));
        ScanReport report =
                new Engine(
                                ruleSet,
                                ScanOptions.policy(values.path("policy"), ruleSet),
                                Limits.DEFAULT,
                                1,
                                List.of(new StreamCrawler(in)),
                                List.of())
                        .scan(now);
        Summary.writeIncidents(report, false, System.err);
        List<Finding> findings = report.findings();
        if (findings.isEmpty()) {
            throw new UsageException("no JSON Web Token in what was given");
        }
        if (format == Format.JSON) {
            new JsonLinesSink(System.out, ruleSet, showTokens).write(report);
        } else {
            PrintStream out = System.out;
            for (Finding finding : findings) {
                out.print(TokenExplanation.of(finding, ruleSet, report.at(), showTokens));
            }
            out.flush();
        }
        return ExitCode.CLEAN;
    }
}
