package io.jwtrawl.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The launcher of the built distribution. It must name the very token: the right id, or that it is a piece of one.
final class Jwtrawl implements Scanner {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path launcher;

    Jwtrawl(Path launcher) {
        this.launcher = launcher;
    }

    /// What was reported at one place.
    record Report(String id, boolean partial) {}

    @Override
    public String name() {
        return "jwtrawl";
    }

    @Override
    public String version() throws IOException, InterruptedException {
        return Program.output(Path.of("."), List.of(launcher.toString(), "--version"))
                .replace("jwtrawl ", "");
    }

    @Override
    public List<Planted> hits(Path corpus, List<Planted> planted)
            throws IOException, InterruptedException {
        Map<String, List<Report>> usual = reports(corpus, "usual");
        Map<String, List<Report>> all = reports(corpus, "all");
        return planted.stream()
                .filter(file ->
                        isHit(
                                file,
                                (file.kind() == Carrier.Kind.OPT_IN ? all : usual)
                                        .getOrDefault(file.path(), List.of())))
                .toList();
    }

    static boolean isHit(Planted file, List<Report> reports) {
        return reports.stream()
                .anyMatch(report ->
                        file.isDecoy()
                                || (file.kind() == Carrier.Kind.DAMAGED
                                        ? report.partial()
                                        : report.id().equals(file.ids().getFirst())
                                                && !report.partial()));
    }

    /// What it reports in each file.
    ///
    /// @param encodings which disguises are looked through
    Map<String, List<Report>> reports(Path corpus, String encodings)
            throws IOException, InterruptedException {
        String lines =
                Program.output(
                        corpus,
                        List.of(
                                launcher.toString(),
                                "scan",
                                ".",
                                "--format=jsonl",
                                "--fail-on=never",
                                "--quiet",
                                "--encodings=" + encodings));
        Map<String, List<Report>> reports = new HashMap<>();
        for (String line : lines.lines().toList()) {
            JsonNode finding = JSON.readTree(line);
            reports.computeIfAbsent(finding.at("/place/path").asString(), _ -> new ArrayList<>())
                    .add(
                            new Report(
                                    finding.at("/token/id").asString(),
                                    finding.at("/token/partial").asBoolean()));
        }
        return reports;
    }
}
