package io.jwtrawl.reports;

import io.jwtrawl.classify.Exposure;
import io.jwtrawl.classify.Rating;
import io.jwtrawl.classify.Reason;
import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.Suppressed;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.source.PathText;
import io.jwtrawl.token.Redaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Findings as results of SARIF.
final class SarifResults {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MAX_REASON = 500;

    /// GitHub shows a hundred places of a result; a token in ten thousand files would make a file of gigabytes.
    private static final int MAX_RELATED = 20;

    private final RuleSet ruleSet;
    private final SarifRules rules;
    private final SarifLocations locations;
    private final Map<String, List<TokenInFile>> byToken = new HashMap<>();

    /// Either all results of a run say whether they are suppressed, or none (SARIF 2.1.0, section 3.27.23).
    private boolean tellsSuppressed;

    /// @param results all that there are, for what one says of others
    SarifResults(
            RuleSet ruleSet,
            SarifRules rules,
            SarifLocations locations,
            List<TokenInFile> results) {
        this.ruleSet = ruleSet;
        this.rules = rules;
        this.locations = locations;
        for (TokenInFile result : results) {
            List<TokenInFile> same =
                    byToken.computeIfAbsent(token(result.shown()), _ -> new ArrayList<>());
            if (same.size() <= MAX_RELATED) {
                same.add(result);
            }
            tellsSuppressed |= !result.suppressions().isEmpty();
        }
    }

    private static String token(Finding finding) {
        return finding.sighting().token().id().hex();
    }

    ObjectNode result(TokenInFile one) {
        Finding shown = one.shown();
        Rating rating = one.worst().classification().rating();
        String family = shown.classification().family();

        ObjectNode result = JSON.objectNode();
        result.put("ruleId", family);
        result.put("ruleIndex", rules.indexOf(family));
        result.put("level", SarifRules.level(rating.level()));
        result.set("message", SarifRules.text(TokenMessage.of(one, ruleSet)));
        result.putArray("locations").add(locations.location(one));
        ArrayNode related = related(one);
        if (!related.isEmpty()) {
            result.set("relatedLocations", related);
        }
        // GitHub compares the first together with the path, others compare all.
        String identity = one.identity();
        result.putObject("partialFingerprints")
                .put("primaryLocationLineHash", identity.substring(0, 16) + ":1")
                .put("jwtrawlToken/v1", identity);
        result.put("rank", (double) rating.score());
        ArrayNode taxa = result.putArray("taxa");
        rating.standards().forEach(standard -> rules.reference(standard, taxa.addObject()));
        if (tellsSuppressed) {
            result.set("suppressions", suppressions(one));
        }
        result.set("properties", properties(one, rating));
        return result;
    }

    /// The other places of the token: those in the same file, and one in each other.
    private ArrayNode related(TokenInFile one) {
        ArrayNode related = JSON.arrayNode();
        Set<String> told = new HashSet<>();
        told.add(locations.key(one.shown()));
        for (Finding finding : one.findings()) {
            relate(finding, finding.fingerprint().equals(one.shown().fingerprint()), told, related);
        }
        for (TokenInFile other : byToken.getOrDefault(token(one.shown()), List.of())) {
            relate(other.shown(), false, told, related);
        }
        return related;
    }

    private void relate(Finding finding, boolean sameFile, Set<String> told, ArrayNode related) {
        if (related.size() >= MAX_RELATED || !told.add(locations.key(finding))) {
            return;
        }
        ObjectNode location = locations.location(finding);
        location.put("id", related.size() + 1);
        location.set(
                "message",
                SarifRules.text(
                        (sameFile ? "also in this file" : "the same token")
                                + (TokenInFile.isHistoric(finding)
                                        ? ", in its history only"
                                        : "")));
        related.add(location);
    }

    private static ArrayNode suppressions(TokenInFile one) {
        ArrayNode suppressions = JSON.arrayNode();
        Set<String> told = new HashSet<>();
        for (Suppressed why : one.suppressions()) {
            String text =
                    TokenMessage.shortened(
                            PathText.escape(Redaction.redact(why.justification())), MAX_REASON);
            if (told.add(why.by() + text)) {
                suppressions
                        .addObject()
                        .put("kind", why.by() == Suppressed.By.COMMENT ? "inSource" : "external")
                        .put("status", "accepted")
                        .put("justification", text);
            }
        }
        return suppressions;
    }

    private static ObjectNode properties(TokenInFile one, Rating rating) {
        Finding shown = one.shown();
        Exposure exposure = shown.classification().exposure();
        ObjectNode properties = JSON.objectNode();
        properties.put("level", FindingJson.text(rating.level()));
        properties.put("score", rating.score());
        properties.put("tokenId", token(shown));
        properties.put("fingerprint", shown.fingerprint().hex());
        properties.put("places", shown.sprawl().places());
        properties.put("historic", one.isHistoric());
        properties.put("state", FindingJson.text(exposure.state()));
        exposure.expiresAt()
                .ifPresent(expiry -> properties.put("expiresAt", FindingJson.rfc3339(expiry)));
        exposure.provider().ifPresent(provider -> properties.put("provider", provider));
        exposure.exposedWhileValid()
                .ifPresent(exposed -> properties.put("exposedWhileValid", exposed.toSeconds()));
        properties.put("kind", FindingJson.text(exposure.kind()));
        properties.put("forgeable", FindingJson.text(exposure.forgeable()));
        properties.put("privilege", FindingJson.text(exposure.privilege()));
        properties.put("subjectKind", FindingJson.text(exposure.subjectKind()));
        properties.put("context", FindingJson.text(shown.classification().context()));
        properties.put("byteOffset", shown.sighting().position().offset());
        ArrayNode reasons = properties.putArray("reasons");
        for (Reason reason : rating.reasons()) {
            ObjectNode node = reasons.addObject();
            node.put("code", reason.code().text());
            node.put("points", reason.points());
            node.put("text", reason.text());
            ArrayNode standards = node.putArray("standards");
            reason.standards().forEach(standards::add);
        }
        one.committed()
                .ifPresent(file -> {
                    properties.put("introducedBy", file.history().introduced().commit());
                    file.history()
                            .introduced()
                            .authored()
                            .ifPresent(
                                    when -> properties.put("authored", FindingJson.rfc3339(when)));
                    file.history().removedBy().ifPresent(id -> properties.put("removedBy", id));
                    properties.put("inHead", file.history().inHead());
                });
        if (one.isHistoric()) {
            properties.put("historicPath", PathText.escape(Redaction.redact(shown.place().path())));
            properties.put("historicLine", shown.sighting().position().line());
        }
        return properties;
    }
}
