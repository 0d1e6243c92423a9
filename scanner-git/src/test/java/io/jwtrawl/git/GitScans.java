package io.jwtrawl.git;

import io.jwtrawl.detect.Limits;
import io.jwtrawl.engine.Engine;
import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.source.PathFilter;
import io.jwtrawl.source.Provenance;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// Scans repositories the way the command does.
final class GitScans {

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private GitScans() {}

    static ScanReport history(Path path) {
        return history(path, PathFilter.ALL);
    }

    static ScanReport history(Path path, PathFilter filter) {
        var repositories = new GitRepositories(filter);
        var crawler = repositories.crawlerFor(path).orElseThrow();
        return run(
                new Engine(
                        RuleSet.builtIn(),
                        RuleSet.builtIn().policy("default"),
                        Limits.DEFAULT,
                        2,
                        List.of(crawler),
                        List.of(repositories)));
    }

    static ScanReport staged(Path path) {
        var crawler = new GitRepositories(PathFilter.ALL).stagedAt(path).orElseThrow();
        return run(
                new Engine(
                        RuleSet.builtIn(),
                        RuleSet.builtIn().policy("default"),
                        Limits.DEFAULT,
                        2,
                        List.of(crawler),
                        List.of(crawler)));
    }

    private static ScanReport run(Engine engine) {
        try {
            return engine.scan(NOW);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static String token(Finding finding) {
        return new String(finding.sighting().token().text().reveal(), StandardCharsets.US_ASCII);
    }

    static Provenance.CommittedFile committed(Finding finding) {
        return (Provenance.CommittedFile) finding.sighting().provenance().outermost();
    }
}
