package io.jwtrawl.reports;

import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.FindingSink;
import io.jwtrawl.finding.Incident;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.rules.RuleSet;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/// Writes one line of JSON for each finding; of an incomplete scan, behind them one for each incident.
public final class JsonLinesSink implements FindingSink {

    private static final byte[] LINE_FEED = "\n".getBytes(StandardCharsets.US_ASCII);

    private static final String INCIDENT_SCHEMA = "jwtrawl-incident/1";

    private final OutputStream out;
    private final RuleSet rules;
    private final boolean showTokens;
    private final boolean echo;

    /// @param out stays open
    /// @param showTokens whether whole tokens and personal data are written
    public JsonLinesSink(OutputStream out, RuleSet rules, boolean showTokens) {
        this(out, rules, showTokens, showTokens);
    }

    /// @param showPersonalData whether claims are written as they are
    /// @param echo whether whole tokens are
    public JsonLinesSink(OutputStream out, RuleSet rules, boolean showPersonalData, boolean echo) {
        this.out = out;
        this.rules = rules;
        this.showTokens = showPersonalData;
        this.echo = echo;
    }

    @Override
    public void write(ScanReport report) throws IOException {
        for (Finding finding : report.findings()) {
            line(json -> FindingJson.write(json, finding, rules, showTokens, echo));
        }
        for (Incident incident : report.incidents()) {
            line(json ->
                    incident(
                            json,
                            IncidentText.kind(incident),
                            Optional.of(IncidentText.place(incident)),
                            incident.what()));
        }
        Optional<String> early = report.ending().early();
        if (early.isPresent()) {
            line(json -> incident(json, "stopped", Optional.empty(), "the scan " + early.get()));
        }
        out.flush();
    }

    private interface Line {
        void write(JsonGenerator json);
    }

    /// Loaded with the first line; most scans write none.
    private static final class Json {
        static final JsonFactory FACTORY = PrintableJson.factory();
    }

    private void line(Line line) throws IOException {
        try (JsonGenerator json = Json.FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            line.write(json);
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            throw new IOException(e.getOriginalMessage(), e);
        }
        out.write(LINE_FEED);
    }

    private static void incident(
            JsonGenerator json, String kind, Optional<String> place, String what) {
        json.writeStartObject();
        json.writeStringProperty("schema", INCIDENT_SCHEMA);
        json.writeObjectPropertyStart("incident");
        json.writeStringProperty("kind", kind);
        if (place.isPresent()) {
            json.writeStringProperty("place", place.get());
        } else {
            json.writeNullProperty("place");
        }
        json.writeStringProperty("what", what);
        json.writeEndObject();
        json.writeEndObject();
    }
}
