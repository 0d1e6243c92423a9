package io.jwtrawl.cli;

import io.jwtrawl.classify.Classification;
import io.jwtrawl.classify.Verification;
import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.rules.Policy;
import io.jwtrawl.verify.Expectations;
import io.jwtrawl.verify.TokenVerifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// `scan --verify`: checks every token of a report, each once, and rates it anew.
final class ScanVerification {

    private static final Comparator<Finding> WORST_FIRST =
            Comparator.comparingInt((Finding finding) -> finding.classification().rating().score())
                    .reversed();

    private final TokenVerifier verifier;
    private final Policy policy;

    private ScanVerification(TokenVerifier verifier, Policy policy) {
        this.verifier = verifier;
        this.policy = policy;
    }

    /// Reads all keys that are files, so that a wrong one is told before a long scan.
    static ScanVerification of(OptionValues values, Policy policy, Instant now) {
        try {
            return new ScanVerification(
                    new TokenVerifier(
                            KeySources.forAll(values, policy),
                            new Expectations(
                                    Optional.empty(),
                                    Optional.empty(),
                                    now,
                                    policy.limits().clockSkew())),
                    policy);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the main thread", e);
        }
    }

    ScanReport applyTo(ScanReport report) {
        List<Finding> findings = new ArrayList<>();
        for (Finding finding : report.findings()) {
            findings.add(applyTo(finding));
        }
        findings.sort(WORST_FIRST);
        return new ScanReport(
                List.copyOf(findings),
                report.incidents(),
                report.statistics(),
                report.at(),
                report.ending());
    }

    private Finding applyTo(Finding finding) {
        Verification verification;
        try {
            verification = verifier.verify(finding.sighting().token()).verification();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the main thread", e);
        }
        Classification rated = verification.applyTo(finding.classification(), policy);
        return new Finding(
                finding.sighting(),
                finding.place(),
                rated,
                finding.sprawl(),
                finding.fingerprint());
    }
}
