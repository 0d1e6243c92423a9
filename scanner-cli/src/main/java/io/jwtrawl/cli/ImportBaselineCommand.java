package io.jwtrawl.cli;

import static io.jwtrawl.cli.OptionValues.option;

import io.jwtrawl.detect.Limits;
import io.jwtrawl.engine.TokenFinder;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.source.FailureText;
import io.jwtrawl.source.PathText;
import io.jwtrawl.token.Sighting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `jwtrawl baseline import`: takes over what gitleaks, or betterleaks, knows already.
final class ImportBaselineCommand implements Command {

    private static final String BASELINE = "baseline";

    @Override
    public String name() {
        return "baseline import";
    }

    @Override
    public String header() {
        return "Add the tokens of a gitleaks report to a baseline.";
    }

    @Override
    public String operands() {
        return "REPORT";
    }

    @Override
    public List<String> description() {
        return List.of(
                "REPORT is what `gitleaks --report-format json` writes, not redacted. What is no token in it is passed"
                        + " over; redacted secrets cannot be taken over, and are named.");
    }

    @Override
    public Options options() {
        var options = new Options();
        options.addOption(option(BASELINE, "FILE", "The baseline; made if there is none."));
        return options;
    }

    @Override
    public int run(CommandLine line) {
        if (line.getArgList().size() != 1) {
            throw new UsageException("one report of gitleaks, please");
        }
        Path report = OptionValues.toPath(line.getArgs()[0]);
        Baseline baseline =
                Baseline.read(
                        new OptionValues(line)
                                .path(BASELINE)
                                .orElseThrow(() -> new UsageException("--baseline is missing")),
                        false);
        JsonNode json;
        try {
            json = JsonMapper.shared().readTree(Files.readAllBytes(report));
        } catch (JacksonException e) {
            throw new UsageException(report + ": not JSON", e);
        } catch (IOException e) {
            throw new UsageException(report + ": cannot be read: " + FailureText.of(e), e);
        }
        if (!json.isArray()) {
            throw new UsageException(report + ": expected the list that gitleaks writes");
        }
        int before = baseline.size();
        boolean complete = true;
        for (JsonNode entry : json) {
            String path = entry.path("File").asString("");
            String secret = entry.path("Secret").asString("");
            if (secret.equals("REDACTED") || path.isEmpty()) {
                complete = false;
                System.err.println(
                        "jwtrawl: cannot take over "
                                + PathText.escape(entry.path("Fingerprint").asString(path))
                                + ": its secret is redacted");
                continue;
            }
            String text = secret + "\n" + entry.path("Match").asString("");
            for (Sighting sighting :
                    TokenFinder.find(
                            text.getBytes(StandardCharsets.UTF_8),
                            RuleSet.builtIn(),
                            Limits.DEFAULT)) {
                baseline.add(sighting.token().id().hex(), PathText.escape(path));
            }
        }
        baseline.write();
        System.err.println(
                "jwtrawl: "
                        + (baseline.size() - before)
                        + " added, "
                        + baseline.size()
                        + " findings known");
        return complete ? ExitCode.CLEAN : ExitCode.INCOMPLETE;
    }
}
