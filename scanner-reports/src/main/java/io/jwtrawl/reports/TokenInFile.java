package io.jwtrawl.reports;

import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.finding.Suppressed;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.source.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// One token in one file, which is what dashboards call a result: in the file as it is now, as it was, or both.
///
/// What only the history has at another path, from where the file was renamed or the token moved, belongs to the file that
/// has the token now: nobody should be told of it twice.
///
/// @param findings worst first
/// @param shown the one whose place is told: of the file as it is now, if that has it
/// @param suppressions why it may stay; empty if any of the findings may not
record TokenInFile(List<Finding> findings, Finding shown, List<Suppressed> suppressions) {

    /// Those of a report, worst first; what may stay comes last.
    static List<TokenInFile> of(ScanReport report, boolean withSuppressed) {
        IdentityHashMap<Finding, Suppressed> suppressed = new IdentityHashMap<>();
        List<Finding> all = new ArrayList<>(report.findings());
        if (withSuppressed) {
            for (Suppressed passed : report.suppressed()) {
                suppressed.put(passed.finding(), passed);
                all.add(passed.finding());
            }
        }
        return new Grouping(all, suppressed).groups();
    }

    /// Whether no file of now has it, but commits have.
    boolean isHistoric() {
        return isHistoric(shown);
    }

    Finding worst() {
        return findings.getFirst();
    }

    /// The commit that brought it in, where that is known.
    Optional<Provenance.CommittedFile> committed() {
        return findings.stream()
                .map(finding -> finding.sighting().provenance().outermost())
                .filter(Provenance.CommittedFile.class::isInstance)
                .map(Provenance.CommittedFile.class::cast)
                .findFirst();
    }

    /// What stays the same wherever the token is moved to, in its file or with it: made from the token and from what lies
    /// in the file around it.
    String identity() {
        MessageDigest sha256 = Sha256.digest();
        sha256.update(shown.sighting().token().id().hex().getBytes(StandardCharsets.US_ASCII));
        for (String name : shown.place().inner()) {
            sha256.update((byte) 0);
            sha256.update(name.getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    static boolean isHistoric(Finding finding) {
        Provenance.Outermost outermost = finding.sighting().provenance().outermost();
        return outermost instanceof Provenance.GitMessage
                || (outermost instanceof Provenance.CommittedFile file && !file.history().inHead());
    }

    private static final class Grouping {
        private final Map<String, List<Finding>> byFile = new LinkedHashMap<>();
        private final IdentityHashMap<Finding, Suppressed> suppressed;

        Grouping(List<Finding> findings, IdentityHashMap<Finding, Suppressed> suppressed) {
            this.suppressed = suppressed;
            Map<String, List<Finding>> now = new HashMap<>();
            for (Finding finding : findings) {
                if (!isHistoric(finding)) {
                    now.computeIfAbsent(token(finding), _ -> new ArrayList<>()).add(finding);
                }
            }
            for (Finding finding : findings) {
                Finding owner =
                        finding.sighting().provenance().outermost()
                                                instanceof Provenance.CommittedFile file
                                        && isHistoric(finding)
                                ? heir(finding, file, now.getOrDefault(token(finding), List.of()))
                                : finding;
                byFile.computeIfAbsent(owner.fingerprint().hex(), _ -> new ArrayList<>())
                        .add(finding);
            }
        }

        private static String token(Finding finding) {
            return finding.sighting().token().id().hex();
        }

        /// The place in the same repository that has it now; itself if there is none.
        private static Finding heir(
                Finding historic, Provenance.CommittedFile file, List<Finding> now) {
            Optional<Finding> heir = Optional.empty();
            for (Finding finding : now) {
                if (!finding.place().inner().equals(historic.place().inner())
                        || !isIn(file.repository(), finding)) {
                    continue;
                }
                if (finding.fingerprint().equals(historic.fingerprint())) {
                    return finding;
                }
                heir = heir.or(() -> Optional.of(finding));
            }
            return heir.orElse(historic);
        }

        private static boolean isIn(Path repository, Finding finding) {
            return finding.sighting().provenance().outermost()
                            instanceof Provenance.LocalFile(_, var path)
                    ? path.startsWith(repository)
                    : finding.place().repository().filter(repository::equals).isPresent();
        }

        List<TokenInFile> groups() {
            List<TokenInFile> open = new ArrayList<>();
            List<TokenInFile> passed = new ArrayList<>();
            for (List<Finding> findings : byFile.values()) {
                boolean isOpen =
                        findings.stream().anyMatch(finding -> !suppressed.containsKey(finding));
                List<Suppressed> why =
                        isOpen
                                ? List.of()
                                : findings.stream()
                                        .map(finding ->
                                                Objects.requireNonNull(suppressed.get(finding)))
                                        .toList();
                (isOpen ? open : passed).add(new TokenInFile(findings, shown(findings), why));
            }
            open.addAll(passed);
            return open;
        }

        private static Finding shown(List<Finding> findings) {
            Finding shown = findings.getFirst();
            for (Finding finding : findings) {
                if (rank(finding) < rank(shown)) {
                    shown = finding;
                }
            }
            return shown;
        }

        private static int rank(Finding finding) {
            return finding.sighting().provenance().outermost() instanceof Provenance.LocalFile
                    ? 0
                    : isHistoric(finding) ? 2 : 1;
        }
    }
}
