package io.jwtrawl.reports;

import io.jwtrawl.classify.Exposure;
import io.jwtrawl.classify.Rating;
import io.jwtrawl.classify.Reason;
import io.jwtrawl.finding.Finding;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.source.PathText;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.token.Redaction;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Findings as results of SARIF.
final class SarifResults {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MAX_ISSUER = 200;

    private final RuleSet ruleSet;
    private final SarifRules rules;
    private final SarifLocations locations;

    SarifResults(RuleSet ruleSet, SarifRules rules, SarifLocations locations) {
        this.ruleSet = ruleSet;
        this.rules = rules;
        this.locations = locations;
    }

    /// @param findings of one token in one file: as it is now, in history, or both; worst first
    ObjectNode result(List<Finding> findings) {
        Finding shown =
                findings.stream()
                        .filter(finding ->
                                finding.sighting().provenance().outermost()
                                        instanceof Provenance.LocalFile)
                        .findFirst()
                        .orElse(findings.getFirst());
        Rating rating = findings.getFirst().classification().rating();
        String family = shown.classification().family();

        ObjectNode result = JSON.objectNode();
        result.put("ruleId", family);
        result.put("ruleIndex", rules.indexOf(family));
        result.put("level", SarifRules.level(rating.level()));
        result.set("message", SarifRules.text(message(findings.getFirst())));
        result.putArray("locations").add(locations.location(shown));
        result.putObject("partialFingerprints").put("jwtrawl/v1", shown.fingerprint().hex());
        result.put("rank", (double) rating.score());
        ArrayNode taxa = result.putArray("taxa");
        rating.standards().forEach(standard -> rules.reference(standard, taxa.addObject()));
        result.set("properties", properties(findings, shown, rating));
        return result;
    }

    private String message(Finding finding) {
        Rating rating = finding.classification().rating();
        String issuer =
                new ReportText(finding, ruleSet, false)
                        .issuer()
                        .map(text -> " from " + shortened(PathText.escape(text)))
                        .orElse("");
        return "JSON Web Token "
                + Redaction.of(finding.sighting().token())
                + issuer
                + " ("
                + finding.classification().family()
                + "): "
                + rating.inWords()
                + ". "
                + rating.remedy();
    }

    private static ObjectNode properties(List<Finding> findings, Finding shown, Rating rating) {
        Exposure exposure = shown.classification().exposure();
        ObjectNode properties = JSON.objectNode();
        properties.put("level", FindingJson.text(rating.level()));
        properties.put("score", rating.score());
        properties.put("tokenId", shown.sighting().token().id().hex());
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
        Optional<Provenance.CommittedFile> committed =
                findings.stream()
                        .map(finding -> finding.sighting().provenance().outermost())
                        .filter(Provenance.CommittedFile.class::isInstance)
                        .map(Provenance.CommittedFile.class::cast)
                        .findFirst();
        committed.ifPresent(file -> {
            properties.put("introducedBy", file.history().introduced().commit());
            file.history()
                    .introduced()
                    .authored()
                    .ifPresent(when -> properties.put("authored", FindingJson.rfc3339(when)));
            file.history().removedBy().ifPresent(id -> properties.put("removedBy", id));
            properties.put("inHead", file.history().inHead());
            // Nothing to mend in the files as they are now; the history still has it.
            properties.put(
                    "historic", !file.history().inHead() && shown.place().source().equals("git"));
        });
        return properties;
    }

    private static String shortened(String issuer) {
        return issuer.length() <= MAX_ISSUER ? issuer : issuer.substring(0, MAX_ISSUER) + "…";
    }
}
