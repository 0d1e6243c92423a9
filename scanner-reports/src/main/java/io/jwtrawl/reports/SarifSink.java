package io.jwtrawl.reports;

import io.jwtrawl.finding.FindingSink;
import io.jwtrawl.finding.Incident;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.rules.RuleSet;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes SARIF 2.1.0 (OASIS) for dashboards: one run, one result for each token and file, never a token.
///
/// Within the limits of GitHub code scanning: 25,000 results, of which it shows the worst 5,000, and files that take less
/// than 10 MB compressed; what is more goes into further files, where there can be any.
public final class SarifSink implements FindingSink {

    static final int MAX_RESULTS = 25_000;

    /// Less than 10 MB by what the compressor holds back and what ends the file.
    private static final long MAX_COMPRESSED = 9_800_000;

    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER = PrintableJson.mapper().build();

    private final OutputStream out;
    private final RuleSet rules;
    private final SarifOptions options;
    private final List<VersionControl> versionControl;
    private final SarifLocations locations;
    private final Optional<ReportParts> parts;
    private final long maxCompressed;

    /// @param out stays open
    /// @param versionControl the repositories that were scanned
    /// @param parts where more than one file goes; empty if all has to go into one
    public SarifSink(
            OutputStream out,
            RuleSet rules,
            SarifOptions options,
            List<VersionControl> versionControl,
            Optional<ReportParts> parts) {
        this(out, rules, options, versionControl, parts, MAX_COMPRESSED);
    }

    SarifSink(
            OutputStream out,
            RuleSet rules,
            SarifOptions options,
            List<VersionControl> versionControl,
            Optional<ReportParts> parts,
            long maxCompressed) {
        this.out = out;
        this.rules = rules;
        this.options = options;
        this.versionControl = List.copyOf(versionControl);
        this.locations = new SarifLocations(options.root(), options.historicAt());
        this.parts = parts;
        this.maxCompressed = maxCompressed;
    }

    @Override
    public void write(ScanReport report) throws IOException {
        List<TokenInFile> results = TokenInFile.of(report, options.withSuppressed());
        int leftOut = Math.max(0, results.size() - MAX_RESULTS);
        results = results.subList(0, results.size() - leftOut);
        var sarifRules = new SarifRules(rules, results);
        var sarifResults = new SarifResults(rules, sarifRules, locations, results);
        var invocation = invocation(report, leftOut);
        try (var size = new GzipSize()) {
            Iterator<TokenInFile> left = results.iterator();
            Optional<byte[]> next = rendered(left, sarifResults);
            next = part(1, out, sarifRules, invocation, next, left, sarifResults, size);
            for (int number = 2; next.isPresent(); number++) {
                size.reset();
                try (OutputStream more = parts.orElseThrow().open(number)) {
                    next =
                            part(
                                    number,
                                    more,
                                    sarifRules,
                                    invocation,
                                    next,
                                    left,
                                    sarifResults,
                                    size);
                }
            }
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            throw new IOException(e.getOriginalMessage(), e);
        }
    }

    private static Optional<byte[]> rendered(
            Iterator<TokenInFile> left, SarifResults sarifResults) {
        return left.hasNext()
                ? Optional.of(MAPPER.writeValueAsBytes(sarifResults.result(left.next())))
                : Optional.empty();
    }

    /// Writes one file.
    ///
    /// @param first the first result that goes into it
    /// @return the first one that has no room there
    private Optional<byte[]> part(
            int number,
            OutputStream to,
            SarifRules sarifRules,
            ObjectNode invocation,
            Optional<byte[]> first,
            Iterator<TokenInFile> left,
            SarifResults sarifResults,
            GzipSize size)
            throws IOException {
        byte[] head = head(number, sarifRules, invocation);
        to.write(head);
        size.add(head);
        Optional<byte[]> next = first;
        for (int count = 0; next.isPresent(); count++) {
            if (count > 0 && parts.isPresent() && size.bytes() > maxCompressed) {
                break;
            }
            if (count > 0) {
                to.write(',');
            }
            to.write(next.get());
            size.add(next.get());
            next = rendered(left, sarifResults);
        }
        to.write("]}]}\n".getBytes(StandardCharsets.US_ASCII));
        to.flush();
        return next;
    }

    /// All that comes before the results.
    private byte[] head(int number, SarifRules sarifRules, ObjectNode invocation) {
        ObjectNode run = JSON.objectNode();
        run.set("tool", JSON.objectNode().set("driver", driver(sarifRules)));
        // The part before the last slash is the category; two files with the same one would replace
        // each other.
        run.putObject("automationDetails")
                .put("id", options.category() + (number == 1 ? "/" : "-part-" + number + "/"))
                .set("description", SarifRules.text("Leaked JSON Web Tokens, found by JWTrawl"));
        run.put("columnKind", "unicodeCodePoints");
        locations.baseIds().ifPresent(ids -> run.set("originalUriBaseIds", ids));
        if (!versionControl.isEmpty()) {
            run.set("versionControlProvenance", locations.versionControl(versionControl));
        }
        run.set("invocations", JSON.arrayNode().add(invocation));
        run.set("taxonomies", sarifRules.taxonomies());
        run.putArray("results");
        ObjectNode log = JSON.objectNode();
        log.put("$schema", SCHEMA);
        log.put("version", "2.1.0");
        log.putArray("runs").add(run);
        byte[] whole = MAPPER.writeValueAsBytes(log);
        return Arrays.copyOf(whole, whole.length - "]}]}".length());
    }

    private ObjectNode driver(SarifRules sarifRules) {
        ObjectNode driver = JSON.objectNode();
        driver.put("name", "JWTrawl");
        driver.put("version", options.version());
        driver.put("semanticVersion", options.version());
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
