package io.jwtrawl.documents;

import io.jwtrawl.detect.Limits;
import io.jwtrawl.engine.Engine;
import io.jwtrawl.files.FileCrawler;
import io.jwtrawl.files.NestedPlaces;
import io.jwtrawl.files.StreamCrawler;
import io.jwtrawl.files.unpack.ArchiveUnpacker;
import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.ExpansionLimits;
import io.jwtrawl.source.PathFilter;
import io.jwtrawl.source.Unpacker;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// Scans with documents opened.
final class Scans {

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private Scans() {}

    static ScanReport scan(Path root) {
        return scan(root, ExpansionLimits.DEFAULT, DocumentLimits.DEFAULT);
    }

    static ScanReport scan(Path root, ExpansionLimits expansion, DocumentLimits limits) {
        return scan(new FileCrawler(root, PathFilter.ALL, NestedPlaces.NONE), expansion, limits);
    }

    /// As if it were piped in.
    static ScanReport scan(byte[] bytes) {
        return scan(
                new StreamCrawler(new ByteArrayInputStream(bytes)),
                ExpansionLimits.DEFAULT,
                DocumentLimits.DEFAULT);
    }

    static ScanReport scan(Crawler crawler, ExpansionLimits expansion, DocumentLimits limits) {
        try (var documents = new DocumentUnpacker(new ArchiveUnpacker(), expansion, limits)) {
            return scan(crawler, documents, expansion);
        }
    }

    static ScanReport scan(Crawler crawler, Unpacker unpacker, ExpansionLimits expansion) {
        RuleSet rules = RuleSet.builtIn();
        try {
            return new Engine(
                            rules,
                            () -> rules.policy("default"),
                            Limits.DEFAULT,
                            2,
                            List.of(crawler),
                            List.of(),
                            unpacker,
                            expansion)
                    .scan(NOW);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Such as `mail.mbox!message 3!attachment.pdf!page 2`, with the token's number.
    static List<String> places(ScanReport report) {
        return report.findings().stream().map(Scans::place).sorted().toList();
    }

    private static String place(Finding finding) {
        String subject = finding.sighting().token().claims().orElseThrow().subject().orElse("?");
        String inner = String.join("!", finding.place().inner());
        return finding.place().path()
                + (inner.isEmpty() ? "" : "!" + inner)
                + (finding.place().encoding().isEmpty() ? "" : " " + finding.place().encoding())
                + " "
                + subject.substring(subject.indexOf('-') + 1);
    }

    static List<String> incidents(ScanReport report) {
        return report.incidents().stream()
                .map(incident -> {
                    String place = incident.where().display();
                    int name = place.lastIndexOf('/', (place + "!").indexOf('!')) + 1;
                    return place.substring(name) + ": " + incident.what();
                })
                .sorted()
                .toList();
    }
}
