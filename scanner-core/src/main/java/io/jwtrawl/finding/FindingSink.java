package io.jwtrawl.finding;

import java.io.IOException;

/// Where the outcome of a scan goes: a report, an index, a test.
public interface FindingSink {

    /// Writes all of `report`; called once, when the scan is over.
    ///
    /// @throws IOException if the destination fails, which ends the program
    void write(ScanReport report) throws IOException;
}
