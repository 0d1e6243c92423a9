package io.jwtrawl.cli;

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
import java.util.function.BooleanSupplier;

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
                                    Optional.empty(),
                                    now,
                                    policy.limits().clockSkew(),
                                    policy.limits().proofAge())),
                    policy);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the main thread", e);
        }
    }

    /// @param stopped asked before each token: the rest then stays as it is
    ScanReport applyTo(ScanReport report, BooleanSupplier stopped) {
        List<Finding> findings = new ArrayList<>();
        for (Finding finding : report.findings()) {
            findings.add(stopped.getAsBoolean() ? unverified(finding) : verified(finding));
        }
        findings.sort(WORST_FIRST);
        return new ScanReport(
                List.copyOf(findings),
                report.incidents(),
                report.statistics(),
                report.at(),
                report.ending());
    }

    private Finding verified(Finding finding) {
        try {
            return rated(finding, verifier.verify(finding.sighting().token()).verification());
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the main thread", e);
        }
    }

    private Finding unverified(Finding finding) {
        return rated(
                finding,
                new Verification(Verification.Outcome.UNKNOWN, "the scan was stopped before"));
    }

    private Finding rated(Finding finding, Verification verification) {
        return new Finding(
                finding.sighting(),
                finding.place(),
                verification.applyTo(finding.classification(), policy.at(finding.place().path())),
                finding.sprawl(),
                finding.fingerprint());
    }
}
