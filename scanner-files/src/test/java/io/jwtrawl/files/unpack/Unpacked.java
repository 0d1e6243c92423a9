package io.jwtrawl.files.unpack;

import io.jwtrawl.detect.Limits;
import io.jwtrawl.engine.Engine;
import io.jwtrawl.files.FileCrawler;
import io.jwtrawl.files.NestedPlaces;
import io.jwtrawl.files.StreamCrawler;
import io.jwtrawl.finding.Attribution;
import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.Incident;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.ExpansionLimits;
import io.jwtrawl.source.PathFilter;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// Scans with containers opened.
final class Unpacked {

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private Unpacked() {}

    static ScanReport scan(Path root) {
        return scan(root, ExpansionLimits.DEFAULT);
    }

    static ScanReport scan(Path root, ExpansionLimits limits) {
        return scan(new FileCrawler(root, PathFilter.ALL, NestedPlaces.NONE), limits);
    }

    /// As if it were piped in.
    static ScanReport scan(byte[] bytes, ExpansionLimits limits) {
        return scan(new StreamCrawler(new ByteArrayInputStream(bytes)), limits);
    }

    static ScanReport scan(Crawler crawler, ExpansionLimits limits) {
        var unpacker = new ArchiveUnpacker();
        return scan(crawler, List.of(unpacker.places()), unpacker, limits);
    }

    static ScanReport scan(
            Crawler crawler, List<? extends Attribution> attributions, ExpansionLimits limits) {
        return scan(crawler, attributions, new ArchiveUnpacker(), limits);
    }

    private static ScanReport scan(
            Crawler crawler,
            List<? extends Attribution> attributions,
            ArchiveUnpacker unpacker,
            ExpansionLimits limits) {
        RuleSet rules = RuleSet.builtIn();
        try {
            return new Engine(
                            rules,
                            () -> rules.policy("default"),
                            Limits.DEFAULT,
                            2,
                            List.of(crawler),
                            attributions,
                            unpacker,
                            limits)
                    .scan(NOW);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Such as `image.tar!layer.tar!app.log (gzip) :3`.
    static List<String> places(ScanReport report) {
        return report.findings().stream().map(Unpacked::place).sorted().toList();
    }

    private static String place(Finding finding) {
        var place = finding.place();
        String inner = String.join("!", place.inner());
        return place.path()
                + (inner.isEmpty() ? "" : "!" + inner)
                + (place.encoding().isEmpty() ? "" : " " + place.encoding())
                + " :"
                + finding.sighting().position().line();
    }

    static List<String> incidents(ScanReport report) {
        return report.incidents().stream().map(Unpacked::incident).toList();
    }

    private static String incident(Incident incident) {
        String place = incident.where().display();
        return place.substring(
                        place.lastIndexOf(
                                        '/',
                                        place.contains("!") ? place.indexOf('!') : place.length())
                                + 1)
                + ": "
                + incident.what();
    }
}
