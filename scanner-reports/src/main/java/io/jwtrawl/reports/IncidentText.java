package io.jwtrawl.reports;

import io.jwtrawl.finding.Incident;
import io.jwtrawl.token.Redaction;

/// What was not searched, as reports and standard error say it; neither tokens nor control characters are in it.
public final class IncidentText {

    private IncidentText() {}

    /// One line: what could not be searched, where, and why.
    public static String of(Incident incident) {
        return (incident instanceof Incident.Unreadable ? "cannot read " : "left out ")
                + place(incident)
                + ": "
                + Redaction.redact(incident.what());
    }

    static String place(Incident incident) {
        return Redaction.redact(incident.where().display());
    }

    static String kind(Incident incident) {
        return incident instanceof Incident.Unreadable ? "unreadable" : "skipped";
    }
}
