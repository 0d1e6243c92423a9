package io.jwtrawl.cli;

import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.finding.Suppressed;
import io.jwtrawl.rules.Glob;
import io.jwtrawl.rules.PathGlob;
import io.jwtrawl.token.Claims;
import io.jwtrawl.token.Remark;
import io.jwtrawl.token.Token;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which findings may stay: by a comment on their line, `.jwtrawlignore`, `jwtrawl.yaml`, or a baseline.
final class Allowances {

    /// Made when there is a comment: regular expressions take milliseconds at the first use.
    private static final class Until {
        static final Pattern DAY = Pattern.compile("\\buntil=([^\\s,;)]*)");
    }

    private final Config config;
    private final String configName;
    private final Optional<IgnoreFile> ignore;
    private final Optional<Baseline> baseline;
    private final LocalDate today;
    private final List<String> notes;
    private final Set<Config.Entry> used = new HashSet<>();
    private int expired;

    private Allowances(
            Config config,
            String configName,
            Optional<IgnoreFile> ignore,
            Optional<Baseline> baseline,
            Instant now,
            List<String> notes) {
        this.config = config;
        this.configName = configName;
        this.ignore = ignore;
        this.baseline = baseline;
        this.notes = notes;
        today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    /// What is left of a report.
    ///
    /// @param report with what is passed over
    /// @param notes for people
    record Outcome(ScanReport report, List<String> notes) {

        long suppressed(Suppressed.By by) {
            return report.suppressed().stream().filter(passed -> passed.by() == by).count();
        }
    }

    /// Reads the files that count in `folder`: never those of what is searched elsewhere, which could silence itself.
    static Allowances read(
            Path folder, Optional<Path> configFile, Optional<Baseline> baseline, Instant now) {
        List<String> notes = new ArrayList<>();
        Optional<Path> file = configFile.or(() -> Config.nearest(folder, Config.FILE));
        Config config = file.map(path -> Config.read(path, notes)).orElse(Config.NONE);
        for (Config.Entry entry : config.entries()) {
            if (entry.until() != null) {
                try {
                    LocalDate.parse(entry.until());
                } catch (DateTimeParseException e) {
                    throw new UsageException(
                            file.map(Path::toString).orElse("")
                                    + ": until: '"
                                    + entry.until()
                                    + "' is not a day such as 2027-01-31",
                            e);
                }
            }
        }
        return new Allowances(
                config,
                file.map(Path::toString).orElse(""),
                Config.nearest(folder, IgnoreFile.FILE).map(IgnoreFile::read),
                baseline,
                now,
                notes);
    }

    /// @param isWhole whether all was searched that entries may be about, so that unused ones can be told
    Outcome applyTo(ScanReport report, boolean isWhole) {
        List<Finding> left = new ArrayList<>();
        List<Suppressed> suppressed = new ArrayList<>();
        for (Finding finding : report.findings()) {
            Optional<Suppressed> reason = reason(finding);
            if (reason.isPresent()) {
                suppressed.add(reason.get());
            } else {
                left.add(finding);
            }
        }
        Set<Finding> known = baseline.map(entries -> entries.among(left)).orElse(Set.of());
        List<Finding> news = new ArrayList<>();
        for (Finding finding : left) {
            if (known.contains(finding)) {
                suppressed.add(
                        new Suppressed(
                                finding, Suppressed.By.BASELINE, "the baseline has it already"));
            } else {
                news.add(finding);
            }
        }
        if (expired > 0) {
            notes.add(
                    expired
                            + (expired == 1 ? " finding was" : " findings were")
                            + " allowed once, but no longer: the day is over");
        }
        if (isWhole) {
            for (Config.Entry entry : config.entries()) {
                if (!used.contains(entry)) {
                    notes.add(
                            configName
                                    + ": nothing was found that needs the entry with "
                                    + entry.label());
                }
            }
        }
        return new Outcome(report.withSuppressed(news, suppressed), notes);
    }

    /// Why a finding may stay, the baseline apart.
    private Optional<Suppressed> reason(Finding finding) {
        if (isAllowedByComment(finding)) {
            String said = finding.sighting().remark().map(Remark::text).orElse("").strip();
            return Optional.of(
                    new Suppressed(
                            finding,
                            Suppressed.By.COMMENT,
                            said.isEmpty() ? "a comment on its line allows it" : said));
        }
        if (ignore.isPresent() && ignore.get().ignores(finding.place().path())) {
            return Optional.of(
                    new Suppressed(
                            finding,
                            Suppressed.By.IGNORE_FILE,
                            IgnoreFile.FILE + " names its path"));
        }
        return entryFor(finding)
                .map(entry ->
                        new Suppressed(
                                finding,
                                Suppressed.By.CONFIG,
                                entry.reason() == null
                                        ? Config.FILE + " allows it by " + entry.label()
                                        : entry.reason()));
    }

    private boolean isAllowedByComment(Finding finding) {
        Optional<Remark> remark = finding.sighting().remark();
        if (remark.isEmpty()
                || (!remark.get().marker().equals(Remark.ALLOW) && !config.foreignMarkers())) {
            return false;
        }
        Matcher until = Until.DAY.matcher(remark.get().text());
        return !until.find() || isStillOn(until.group(1));
    }

    /// A day that is none allows nothing.
    private boolean isStillOn(String until) {
        try {
            if (!LocalDate.parse(until).isBefore(today)) {
                return true;
            }
        } catch (DateTimeParseException e) {
            // As one that is over.
        }
        expired++;
        return false;
    }

    private Optional<Config.Entry> entryFor(Finding finding) {
        Optional<Config.Entry> allowing = Optional.empty();
        for (Config.Entry entry : config.entries()) {
            if (!matches(entry, finding)) {
                continue;
            }
            used.add(entry);
            if ((entry.until() == null || isStillOn(entry.until())) && allowing.isEmpty()) {
                allowing = Optional.of(entry);
            }
        }
        return allowing;
    }

    private static boolean matches(Config.Entry entry, Finding finding) {
        Token token = finding.sighting().token();
        Optional<Claims> claims = token.claims();
        return (entry.id() == null
                        || (entry.id().length() >= 12 && token.id().hex().startsWith(entry.id())))
                && (entry.issuer() == null
                        || claims.flatMap(Claims::issuer)
                                .filter(Glob.of(entry.issuer())::matches)
                                .isPresent())
                && (entry.audience() == null
                        || claims.map(Claims::audience).orElse(List.of()).stream()
                                .anyMatch(Glob.of(entry.audience())::matches))
                && (entry.kid() == null
                        || Glob.of(entry.kid()).matches(token.header().path("kid").asString("")))
                && (entry.claims() == null || claimsMatch(entry.claims(), claims))
                && (entry.paths() == null
                        || entry.paths().stream()
                                .anyMatch(
                                        glob -> PathGlob.of(glob).matches(finding.place().path())));
    }

    private static boolean claimsMatch(Map<String, String> wanted, Optional<Claims> claims) {
        return claims.isPresent()
                && wanted.entrySet().stream()
                        .allMatch(claim ->
                                claims.get().all().has(claim.getKey())
                                        && Glob.of(claim.getValue())
                                                .matches(
                                                        claims.get()
                                                                .all()
                                                                .path(claim.getKey())
                                                                .asString("")));
    }
}
