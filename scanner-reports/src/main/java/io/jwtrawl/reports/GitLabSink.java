package io.jwtrawl.reports;

import io.jwtrawl.classify.Rating;
import io.jwtrawl.classify.Reason;
import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.FindingSink;
import io.jwtrawl.finding.Incident;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.rules.Level;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.source.Authorship;
import io.jwtrawl.source.PathText;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.token.Redaction;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes GitLab's report format for secret detection, version 15.2.1: one vulnerability for each token and file.
///
/// What may stay is left out: the format cannot say so.
public final class GitLabSink implements FindingSink {

    private static final String VERSION = "15.2.1";
    private static final String SCHEMA =
            "https://gitlab.com/gitlab-org/security-products/security-report-schemas/-/raw/v"
                    + VERSION
                    + "/dist/secret-detection-report-format.json";
    private static final int MAX_NAME = 255;
    private static final int MAX_SOLUTION = 7000;

    /// The format wants a commit even of what is in none.
    private static final String NO_COMMIT = "0000000000000000000000000000000000000000";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER = PrintableJson.mapper().build();

    private final OutputStream out;
    private final RuleSet rules;
    private final String version;
    private final RuleNames names;

    /// @param out stays open
    /// @param version of this program
    public GitLabSink(OutputStream out, RuleSet rules, String version) {
        this.out = out;
        this.rules = rules;
        this.version = version;
        names = new RuleNames(rules);
    }

    @Override
    public void write(ScanReport report) throws IOException {
        try (JsonGenerator json = MAPPER.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringProperty("version", VERSION);
            json.writeStringProperty("schema", SCHEMA);
            json.writePOJOProperty("scan", scan(report));
            json.writeArrayPropertyStart("vulnerabilities");
            for (TokenInFile one : TokenInFile.of(report, false)) {
                json.writePOJO(vulnerability(one));
            }
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

    private ObjectNode scan(ScanReport report) {
        ObjectNode scan = JSON.objectNode();
        scan.set("analyzer", tool());
        scan.set("scanner", tool());
        scan.put("type", "secret_detection");
        scan.put("start_time", time(report.at()));
        scan.put("end_time", time(report.at().plus(report.statistics().elapsed())));
        scan.put("status", report.interrupted() ? "failure" : "success");
        ArrayNode messages = scan.putArray("messages");
        for (Incident incident : report.incidents()) {
            messages.addObject().put("level", "warn").put("value", IncidentText.of(incident));
        }
        report.ending()
                .early()
                .ifPresent(why ->
                        messages.addObject().put("level", "fatal").put("value", "the scan " + why));
        return scan;
    }

    private ObjectNode tool() {
        ObjectNode tool = JSON.objectNode();
        tool.put("id", "jwtrawl").put("name", "JWTrawl").put("version", version);
        tool.putObject("vendor").put("name", "JWTrawl");
        return tool;
    }

    private ObjectNode vulnerability(TokenInFile one) {
        Finding worst = one.worst();
        Rating rating = worst.classification().rating();
        String family = one.shown().classification().family();
        String fingerprint = one.shown().fingerprint().hex();
        ObjectNode vulnerability = JSON.objectNode();
        vulnerability.put(
                "id",
                UUID.nameUUIDFromBytes(fingerprint.getBytes(StandardCharsets.US_ASCII)).toString());
        vulnerability.put("name", TokenMessage.shortened(names.title(family), MAX_NAME - 1));
        vulnerability.put("description", TokenMessage.of(one, rules));
        vulnerability.put("severity", severity(rating.level()));
        vulnerability.put("solution", TokenMessage.shortened(rating.remedy(), MAX_SOLUTION - 1));
        vulnerability.set("identifiers", identifiers(family, rating));
        vulnerability.set("location", location(one));
        ObjectNode details = vulnerability.putObject("details");
        detail(details, "score", "Score, of 100", "value").put("value", rating.score());
        detail(details, "token", "Token, SHA-256", "text")
                .put("value", one.shown().sighting().token().id().hex());
        detail(details, "history", "In the history only", "value").put("value", one.isHistoric());
        ArrayNode reasons = detail(details, "reasons", "Why", "list").putArray("items");
        for (Reason reason : rating.reasons()) {
            reasons.addObject().put("type", "text").put("value", reason.text());
        }
        return vulnerability;
    }

    private static ObjectNode detail(ObjectNode details, String id, String name, String type) {
        return details.putObject(id).put("name", name).put("type", type);
    }

    /// The first is what GitLab tells kinds of vulnerabilities apart by.
    private ArrayNode identifiers(String family, Rating rating) {
        ArrayNode identifiers = JSON.arrayNode();
        identifiers
                .addObject()
                .put("type", "jwtrawl_rule_id")
                .put("name", "JWTrawl rule " + family)
                .put("value", family);
        for (String standard : rating.standards()) {
            String number = standard.startsWith("CWE-") ? standard.substring(4) : "";
            if (number.isEmpty()) {
                identifiers
                        .addObject()
                        .put("type", "standard")
                        .put("name", standard)
                        .put("value", standard);
            } else {
                identifiers
                        .addObject()
                        .put("type", "cwe")
                        .put("name", standard)
                        .put("value", number)
                        .put("url", "https://cwe.mitre.org/data/definitions/" + number + ".html");
            }
        }
        return identifiers;
    }

    private static ObjectNode location(TokenInFile one) {
        ObjectNode location = JSON.objectNode();
        location.put("file", PathText.escape(Redaction.redact(one.shown().place().path())));
        location.put("start_line", line(one.shown()));
        location.put("end_line", line(one.shown()));
        ObjectNode commit = location.putObject("commit");
        Optional<Authorship> introduced =
                one.committed()
                        .map(file -> file.history().introduced())
                        .or(() ->
                                one.shown().sighting().provenance().outermost()
                                                instanceof Provenance.GitMessage message
                                        ? Optional.of(message.authorship())
                                        : Optional.empty());
        commit.put("sha", introduced.map(Authorship::commit).orElse(NO_COMMIT));
        introduced
                .flatMap(Authorship::authored)
                .ifPresent(when -> commit.put("date", Rfc3339.of(when)));
        return location;
    }

    private static int line(Finding finding) {
        return Math.clamp(finding.sighting().position().line(), 1, Integer.MAX_VALUE);
    }

    private static String severity(Level level) {
        String name = level.name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    /// As RFC 3339 has it, but without the letter that says UTC.
    private static String time(Instant instant) {
        String text = Rfc3339.of(instant);
        return text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
    }
}
