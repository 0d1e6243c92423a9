package io.jwtrawl.git;

import io.jwtrawl.detect.Limits;
import io.jwtrawl.engine.Engine;
import io.jwtrawl.finding.Attribution;
import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.Incident;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.PathFilter;
import io.jwtrawl.source.Provenance;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Scans repositories the way the command does.
final class GitScans {

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private GitScans() {}

    static ScanReport history(Path path) {
        return history(path, PathFilter.ALL);
    }

    static ScanReport history(Path path, PathFilter filter) {
        var repositories = new GitRepositories(filter);
        return run(repositories.crawlerFor(path).orElseThrow(), Optional.of(repositories));
    }

    static ScanReport history(Path path, HistorySelection selection) {
        var repositories =
                new GitRepositories(PathFilter.ALL, selection, List.of(), Optional.empty());
        return run(repositories.crawlerFor(path).orElseThrow(), Optional.of(repositories));
    }

    /// The same, whoever is to read the objects.
    static ScanReport history(Path path, HistorySelection selection, ObjectReading reading) {
        var repositories =
                new GitRepositories(
                        PathFilter.ALL,
                        selection,
                        List.of(),
                        Optional.empty(),
                        Optional.of(reading));
        return run(repositories.crawlerFor(path).orElseThrow(), Optional.of(repositories));
    }

    /// Part of a history.
    static HistorySelection selection(
            List<String> ranges, List<String> branches, Optional<Instant> since) {
        return new HistorySelection(ranges, branches, since, Optional.empty(), false);
    }

    /// All that is told of what was found, but for its rating.
    static Set<List<Object>> told(ScanReport report) {
        Set<List<Object>> told = new HashSet<>();
        for (Finding finding : report.findings()) {
            told.add(
                    List.of(
                            token(finding),
                            finding.sighting().provenance(),
                            finding.sighting().position(),
                            finding.sighting().since()));
        }
        return told;
    }

    static ScanReport staged(Path path) {
        return staged(path, Optional.empty());
    }

    static ScanReport staged(Path path, Optional<Path> index) {
        var crawler = new GitRepositories(PathFilter.ALL).stagedAt(path, index).orElseThrow();
        return run(crawler, Optional.of(crawler));
    }

    static ScanReport run(Crawler crawler, Optional<? extends Attribution> attribution) {
        return run(List.of(crawler), attribution.stream().toList());
    }

    static ScanReport run(
            List<? extends Crawler> crawlers, List<? extends Attribution> attributions) {
        try {
            return new Engine(
                            RuleSet.builtIn(),
                            RuleSet.builtIn().policy("default"),
                            Limits.DEFAULT,
                            2,
                            crawlers,
                            attributions)
                    .scan(NOW);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What an attribution works for when a test asks it, cancelled or not.
    static Attribution.Scan scan(boolean cancelled) {
        return new Attribution.Scan() {
            @Override
            public void accept(Incident incident) {
                throw new AssertionError(incident);
            }

            @Override
            public boolean isCancelled() {
                return cancelled;
            }
        };
    }

    static String token(Finding finding) {
        return new String(finding.sighting().token().text().reveal(), StandardCharsets.US_ASCII);
    }

    static Provenance.CommittedFile committed(Finding finding) {
        return (Provenance.CommittedFile) finding.sighting().provenance().outermost();
    }
}
