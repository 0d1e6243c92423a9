package io.jwtrawl.finding;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The outcome of a scan.
///
/// @param findings worst first, then by token and place, so that the same input always gives the same order
/// @param incidents what was not searched
/// @param at the instant at which tokens were judged
/// @param interrupted whether the scan was cancelled or ran out of time
public record ScanReport(
        List<Finding> findings,
        List<Incident> incidents,
        Statistics statistics,
        Instant at,
        boolean interrupted) {

    /// @param blobs files and objects that were searched
    /// @param bytes that were read or expanded
    public record Statistics(long blobs, long bytes, Duration elapsed) {}

    public boolean isComplete() {
        return incidents.isEmpty() && !interrupted;
    }
}
