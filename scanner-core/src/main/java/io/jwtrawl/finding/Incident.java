package io.jwtrawl.finding;

import io.jwtrawl.source.Provenance;

/// Something that was not searched, so that the scan is incomplete.
public sealed interface Incident {

    Provenance where();

    /// What went wrong, on one line, without control characters.
    String what();

    /// It could not be read.
    record Unreadable(Provenance where, String what) implements Incident {}

    /// It was left out because of a limit.
    record Skipped(Provenance where, String what) implements Incident {}
}
