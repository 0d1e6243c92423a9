package io.jwtrawl.finding;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The outcome of a scan.
///
/// @param findings worst first, then by token and place, so that the same input always gives the same order
/// @param incidents what was not searched
/// @param at the instant at which tokens were judged
/// @param ending whether all was searched that could be
/// @param suppressed what was found too but may stay, in the same order
public record ScanReport(
        List<Finding> findings,
        List<Incident> incidents,
        Statistics statistics,
        Instant at,
        Ending ending,
        List<Suppressed> suppressed) {

    /// A report of which nothing is passed over.
    public ScanReport(
            List<Finding> findings,
            List<Incident> incidents,
            Statistics statistics,
            Instant at,
            Ending ending) {
        this(findings, incidents, statistics, at, ending, List.of());
    }

    /// @param blobs files and objects that were searched
    /// @param bytes that were read or expanded
    /// @param searching how long that took
    /// @param attributing how long it took to learn more of the places of findings
    /// @param elapsed all together
    public record Statistics(
            long blobs, long bytes, Duration searching, Duration attributing, Duration elapsed) {}

    /// How a scan came to its end.
    public sealed interface Ending {

        /// All was searched, incidents apart.
        record Regular() implements Ending {

            @Override
            public Optional<String> early() {
                return Optional.empty();
            }
        }

        /// It was interrupted, or its time was up.
        record Cancelled() implements Ending {

            @Override
            public Optional<String> early() {
                return Optional.of("was stopped before the end");
            }
        }

        /// Something broke that no single file is to blame for.
        ///
        /// @param what on one line, without control characters
        record Failed(String what) implements Ending {

            @Override
            public Optional<String> early() {
                return Optional.of("broke off: " + what);
            }
        }

        /// Why not all was searched, for a sentence that begins with "the scan".
        Optional<String> early();
    }

    /// The same outcome with other findings.
    public ScanReport withFindings(List<Finding> others) {
        return new ScanReport(others, incidents, statistics, at, ending, suppressed);
    }

    /// The same outcome, with some findings passed over.
    public ScanReport withSuppressed(List<Finding> left, List<Suppressed> passedOver) {
        return new ScanReport(left, incidents, statistics, at, ending, passedOver);
    }

    public boolean interrupted() {
        return ending.early().isPresent();
    }

    public boolean isComplete() {
        return incidents.isEmpty() && !interrupted();
    }
}
