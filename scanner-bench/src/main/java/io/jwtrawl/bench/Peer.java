package io.jwtrawl.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Another scanner, run with its own rules for JWTs and for the vendors' tokens in the corpus, decoding as deep as it does
/// by default. It counts as finding a token if it reports anything in that token's file.
///
/// @param versionCommand what prints its version
/// @param command what scans the current folder and prints JSON, as one value or one a line
/// @param format where its report names files
record Peer(String name, List<String> versionCommand, List<String> command, Format format)
        implements Scanner {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final List<String> RULES =
            List.of(
                    "jwt",
                    "jwt-base64",
                    "mapbox-api-token",
                    "sentry-org-token",
                    "grafana-api-key",
                    "grafana-cloud-api-token",
                    "1password-service-account-token",
                    "github-app-token",
                    "gitlab-cicd-job-token",
                    "huggingface-access-token",
                    "shopify-access-token",
                    "snyk-api-token");

    /// What betterleaks, and kingfisher with its rules, have besides.
    private static final List<String> MORE_RULES =
            List.of("airtable-oauth-token", "workato-developer-api-token.1");

    /// Reads file names out of a report.
    @FunctionalInterface
    interface Format {
        Stream<String> files(JsonNode value);
    }

    static List<Peer> all() {
        return List.of(
                new Peer(
                        "kingfisher",
                        List.of("kingfisher", "--version"),
                        with(
                                List.of(
                                        "kingfisher",
                                        "scan",
                                        ".",
                                        "--confidence=low",
                                        "--no-validate",
                                        "--no-dedup",
                                        "--no-update-check",
                                        "--format=jsonl",
                                        "--quiet"),
                                Stream.concat(RULES.stream(), MORE_RULES.stream())
                                        .map(rule -> "--rule=betterleaks." + rule)),
                        finding -> text(finding.at("/finding/path"))),
                new Peer(
                        "betterleaks",
                        List.of("betterleaks", "--version"),
                        List.of(
                                "betterleaks",
                                ".",
                                "--no-banner",
                                "--exit-code=0",
                                "--no-allow-signatures",
                                "--log-level=error",
                                "--isolate-rule="
                                        + String.join(",", RULES)
                                        + ","
                                        + String.join(",", MORE_RULES),
                                "--jsonl"),
                        finding -> text(finding.at("/finding/location/path"))),
                new Peer(
                        "gitleaks",
                        List.of("gitleaks", "version"),
                        with(
                                List.of(
                                        "gitleaks",
                                        "dir",
                                        ".",
                                        "--no-banner",
                                        "--exit-code=0",
                                        "--ignore-gitleaks-allow",
                                        "--log-level=error",
                                        "--report-format=json",
                                        "--report-path=-"),
                                RULES.stream().map(rule -> "--enable-rule=" + rule)),
                        findings ->
                                elements(findings).flatMap(finding -> text(finding.at("/File")))),
                new Peer(
                        "trufflehog",
                        List.of("trufflehog", "--version"),
                        List.of(
                                "trufflehog",
                                "filesystem",
                                ".",
                                "--no-verification",
                                "--no-update",
                                "--json",
                                "--log-level=-1",
                                "--include-detectors=jwt,mapbox,sentryorgtoken,grafana,"
                                        + "airtableoauth,github,gitlab,huggingface,shopify,snykkey"),
                        finding -> text(finding.at("/SourceMetadata/Data/Filesystem/file"))),
                new Peer(
                        "detect-secrets",
                        List.of("detect-secrets", "--version"),
                        List.of("detect-secrets", "scan", "--all-files", "--no-verify", "."),
                        baseline ->
                                baseline.path("results")
                                        .propertyStream()
                                        .filter(file ->
                                                file.getValue()
                                                        .findValuesAsString("type")
                                                        .contains("JSON Web Token"))
                                        .map(Map.Entry::getKey)));
    }

    @Override
    public String version() throws IOException, InterruptedException {
        return Program.output(Path.of("."), versionCommand)
                .lines()
                .findFirst()
                .orElse("")
                .replace(name + " ", "");
    }

    @Override
    public List<Planted> hits(Path corpus, List<Planted> planted)
            throws IOException, InterruptedException {
        Set<String> files = new HashSet<>();
        for (JsonNode value : values(Program.output(corpus, command))) {
            format.files(value)
                    .map(file -> corpus.relativize(corpus.resolve(file).normalize()).toString())
                    .forEach(files::add);
        }
        return planted.stream().filter(file -> files.contains(file.path())).toList();
    }

    private static List<JsonNode> values(String report) {
        try {
            return report.isBlank() ? List.of() : List.of(JSON.readTree(report));
        } catch (JacksonException e) {
            return report.lines().map(JSON::readTree).toList();
        }
    }

    private static Stream<JsonNode> elements(JsonNode findings) {
        return findings.isArray() ? findings.valueStream() : Stream.of(findings);
    }

    private static Stream<String> text(JsonNode name) {
        return name.isString() ? Stream.of(name.asString()) : Stream.empty();
    }

    private static List<String> with(List<String> command, Stream<String> more) {
        return Stream.concat(command.stream(), more).toList();
    }
}
