package io.jwtrawl.reports;

import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.FindingSink;
import io.jwtrawl.finding.Incident;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.rules.RuleSet;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes SARIF 2.1.0 (OASIS) for dashboards: one run, one result for each token and file, never a token.
public final class SarifSink implements FindingSink {

    static final int MAX_RESULTS = 25_000;
    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER = PrintableJson.mapper().build();

    private final OutputStream out;
    private final RuleSet rules;
    private final String version;
    private final List<VersionControl> versionControl;
    private final SarifLocations locations;

    /// @param out stays open
    /// @param version of this program
    /// @param root the folder that paths are relative to; absolute if there is none
    /// @param versionControl the repositories that were scanned
    public SarifSink(
            OutputStream out,
            RuleSet rules,
            String version,
            Optional<Path> root,
            List<VersionControl> versionControl) {
        this.out = out;
        this.rules = rules;
        this.version = version;
        this.versionControl = List.copyOf(versionControl);
        this.locations = new SarifLocations(root);
    }

    @Override
    public void write(ScanReport report) throws IOException {
        List<List<Finding>> results = new ArrayList<>(merged(report.findings()));
        int leftOut = Math.max(0, results.size() - MAX_RESULTS);
        results = results.subList(0, results.size() - leftOut);
        var sarifRules = new SarifRules(rules, results);

        try (JsonGenerator json = MAPPER.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringProperty("$schema", SCHEMA);
            json.writeStringProperty("version", "2.1.0");
            json.writeArrayPropertyStart("runs");
            json.writeStartObject();
            json.writePOJOProperty("tool", JSON.objectNode().set("driver", driver(sarifRules)));
            json.writePOJOProperty("automationDetails", JSON.objectNode().put("id", "jwtrawl/"));
            json.writeStringProperty("columnKind", "unicodeCodePoints");
            locations.baseIds().ifPresent(ids -> json.writePOJOProperty("originalUriBaseIds", ids));
            if (!versionControl.isEmpty()) {
                json.writePOJOProperty(
                        "versionControlProvenance", locations.versionControl(versionControl));
            }
            json.writePOJOProperty(
                    "invocations", JSON.arrayNode().add(invocation(report, leftOut)));
            json.writePOJOProperty("taxonomies", sarifRules.taxonomies());
            json.writeArrayPropertyStart("results");
            var sarifResults = new SarifResults(rules, sarifRules, locations);
            for (List<Finding> result : results) {
                json.writePOJO(sarifResults.result(result));
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            throw new IOException(e.getOriginalMessage(), e);
        }
        out.write('\n');
        out.flush();
    }

    /// Findings with the same fingerprint, which is the file now and in history, are one result; worst first.
    private static Collection<List<Finding>> merged(List<Finding> findings) {
        Map<String, List<Finding>> byFingerprint = new LinkedHashMap<>();
        for (Finding finding : findings) {
            byFingerprint
                    .computeIfAbsent(finding.fingerprint().hex(), _ -> new ArrayList<>())
                    .add(finding);
        }
        return byFingerprint.values();
    }

    private ObjectNode driver(SarifRules sarifRules) {
        ObjectNode driver = JSON.objectNode();
        driver.put("name", "JWTrawl");
        driver.put("version", version);
        driver.set("rules", sarifRules.rules());
        driver.set("supportedTaxonomies", sarifRules.taxonomyReferences());
        return driver;
    }

    private ObjectNode invocation(ScanReport report, int leftOut) {
        ObjectNode invocation = JSON.objectNode();
        invocation.put("executionSuccessful", report.isComplete());
        ArrayNode notifications = invocation.putArray("toolExecutionNotifications");
        for (Incident incident : report.incidents()) {
            notifications.add(notification("warning", IncidentText.of(incident)));
        }
        report.ending()
                .early()
                .ifPresent(why -> notifications.add(notification("error", "the scan " + why)));
        if (leftOut > 0) {
            notifications.add(
                    notification(
                            "warning",
                            leftOut
                                    + " results are left out, the least bad of more than "
                                    + MAX_RESULTS));
        }
        return invocation;
    }

    private static ObjectNode notification(String level, String text) {
        ObjectNode notification = JSON.objectNode();
        notification.put("level", level);
        notification.set("message", JSON.objectNode().put("text", text));
        return notification;
    }
}
