package io.jwtrawl.cli;

import static io.jwtrawl.cli.OptionValues.option;

import io.jwtrawl.detect.Limits;
import io.jwtrawl.engine.Engine;
import io.jwtrawl.files.StreamCrawler;
import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.rules.Policy;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.source.FailureText;
import io.jwtrawl.source.PathText;
import io.jwtrawl.verify.Expectations;
import io.jwtrawl.verify.TokenVerifier;
import io.jwtrawl.verify.VerificationReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/// `jwtrawl verify`.
final class VerifyCommand implements Command {

    /// The formats that a result can be shown in.
    enum Format {
        TERMINAL,
        JSON
    }

    @Override
    public String name() {
        return "verify";
    }

    @Override
    public String header() {
        return "Check a token's signature and claims. No network, unless --online is given.";
    }

    @Override
    public String operands() {
        return "TOKEN";
    }

    @Override
    public List<String> description() {
        return List.of(
                "TOKEN is the token, or any text around it; '-' for standard input.",
                "Exit codes of this command: 0 the token is genuine and its claims hold; 1 it is not, or they do not; 3"
                        + " there is no telling.");
    }

    @Override
    public List<String> examples() {
        return List.of(
                "jwtrawl verify - --jwks keys.json < token.txt",
                "jwtrawl verify - --key public.pem --audience https://api.example.org < token.txt",
                "jwtrawl verify - --online --trust 'https://*.example.org' < token.txt");
    }

    @Override
    public Options options() {
        var options = new Options();
        KeyOptions.addTo(options);
        return options.addOption(option("issuer", "ISSUER", "Expect this issuer (iss)."))
                .addOption(option("audience", "AUDIENCE", "Expect this audience (aud)."))
                .addOption(
                        option(
                                "nonce",
                                "NONCE",
                                "Expect this nonce in the proof of an SD-JWT's holder."))
                .addOption(
                        option(
                                "payload",
                                "FILE",
                                "What a detached signature signs (RFC 7515, appendix F)."))
                .addOption(option("at", "INSTANT", "Judge as of this moment. Default: now."))
                .addOption(option("format", "FORMAT", "terminal (default) or json."))
                .addOption(option("policy", "FILE", "Rate by this policy."))
                .addOption(option("rules", "DIR", "Use the rules in DIR."));
    }

    @Override
    public int run(CommandLine line) throws IOException, InterruptedException {
        if (line.getArgList().size() != 1) {
            throw new UsageException("give one TOKEN, or '-' for standard input");
        }
        var values = new OptionValues(line);
        Format format = values.oneOf("format", Format.class).orElse(Format.TERMINAL);
        Instant now = values.instant("at").orElseGet(Instant::now);
        RuleSet rules = ScanOptions.ruleSet(values);
        Policy policy = ScanOptions.policy(values, rules);
        var verifier =
                new TokenVerifier(
                        KeySources.forOne(values, policy),
                        new Expectations(
                                values.text("issuer"),
                                values.text("audience"),
                                values.text("nonce"),
                                now,
                                policy.limits().clockSkew(),
                                policy.limits().proofAge()),
                        payload(values));
        ScanReport report = read(line.getArgList().getFirst(), rules, policy, now);
        Summary.writeIncidents(report, false, System.err);
        Map<Finding, VerificationReport> results = new LinkedHashMap<>();
        for (Finding finding : report.findings()) {
            results.put(finding, verifier.verify(finding.sighting().token()));
        }
        if (results.isEmpty()) {
            throw new UsageException("no JSON Web Token in what was given");
        }
        results.forEach((finding, result) -> {
            var rating = result.verification().applyTo(finding.classification(), policy).rating();
            var shown = new VerificationText(finding, result, rating);
            System.out.print(format == Format.JSON ? shown.json() : shown.terminal());
        });
        System.out.flush();
        return exitCode(results.values());
    }

    private static Optional<byte[]> payload(OptionValues values) {
        Optional<Path> file = values.path("payload");
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readAllBytes(file.get()));
        } catch (IOException e) {
            throw new UsageException(
                    "--payload "
                            + PathText.of(file.get())
                            + ": cannot be read: "
                            + FailureText.of(e),
                    e);
        }
    }

    private static ScanReport read(String token, RuleSet rules, Policy policy, Instant now)
            throws InterruptedException {
        InputStream in =
                token.equals("-")
                        ? System.in
                        : new ByteArrayInputStream(token.getBytes(StandardCharsets.UTF_8));
        return new Engine(
                        rules, policy, Limits.DEFAULT, 1, List.of(new StreamCrawler(in)), List.of())
                .scan(now);
    }

    private static int exitCode(Iterable<VerificationReport> results) {
        Optional<Integer> worst = Optional.empty();
        for (VerificationReport result : results) {
            if (result.isRefused()) {
                return ExitCode.FOUND;
            }
            if (!result.isAccepted()) {
                worst = Optional.of(ExitCode.INCOMPLETE);
            }
        }
        return worst.orElse(ExitCode.CLEAN);
    }
}
