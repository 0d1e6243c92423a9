package io.jwtrawl.cli;

import static io.jwtrawl.cli.OptionValues.flag;
import static io.jwtrawl.cli.OptionValues.option;

import io.jwtrawl.detect.Limits;
import io.jwtrawl.engine.Engine;
import io.jwtrawl.files.StreamCrawler;
import io.jwtrawl.finding.Attribution;
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
import java.util.Optional;
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
        return List.of(
                "TOKEN is the token, or any text around it; '-' for standard input, which keeps it out of the shell's"
                        + " history. The token itself is never printed.");
    }

    @Override
    public List<String> examples() {
        return List.of(
                "jwtrawl inspect - < token.txt",
                "jwtrawl inspect - --policy incident --exposed-since 2026-01-31T00:00:00Z < token.txt");
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(option("format", "FORMAT", "terminal (default) or json."))
                .addOption(option("at", "INSTANT", "Judge as of this moment. Default: now."))
                .addOption(
                        option(
                                "exposed-since",
                                "INSTANT",
                                "Since when it has been lying open, if you know: for how long it was exposed while it"
                                        + " worked."))
                .addOption(
                        option(
                                "policy",
                                "FILE",
                                "Rate by this policy: default, strict, incident, or a file (see docs/rating.md)."))
                .addOption(
                        option(
                                "wordlist",
                                "FILE",
                                "Also try each line of FILE as its secret, if it is signed with an HMAC."))
                .addOption(option("rules", "DIR", "Use the rules in DIR."))
                .addOption(
                        flag(
                                "show-tokens",
                                "Show personal data and secrets inside it as they are."));
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
        Optional<Instant> since = values.instant("exposed-since");
        InputStream in =
                token.equals("-")
                        ? System.in
                        : new ByteArrayInputStream(token.getBytes(StandardCharsets.UTF_8));
        RuleSet ruleSet = ScanOptions.ruleSet(values);
        ScanReport report =
                new Engine(
                                ruleSet,
                                ScanOptions.policy(values, ruleSet),
                                Limits.DEFAULT,
                                1,
                                List.of(new StreamCrawler(in)),
                                List.of(exposedSince(since)))
                        .scan(now);
        Summary.writeIncidents(report, false, System.err);
        List<Finding> findings = report.findings();
        if (findings.isEmpty()) {
            throw new UsageException("no JSON Web Token in what was given");
        }
        if (!token.equals("-")) {
            System.err.println(
                    "jwtrawl: the token now stands in the shell's history: `jwtrawl inspect -` reads standard input");
        }
        if (format == Format.JSON) {
            new JsonLinesSink(System.out, ruleSet, showTokens, false).write(report);
        } else {
            PrintStream out = System.out;
            for (Finding finding : findings) {
                out.print(TokenExplanation.of(finding, ruleSet, report.at(), showTokens));
            }
            out.flush();
        }
        return ExitCode.CLEAN;
    }

    private static Attribution exposedSince(Optional<Instant> since) {
        return (sightings, _) ->
                sightings.stream()
                        .map(sighting -> sighting.at(sighting.provenance(), since))
                        .toList();
    }
}
