package io.jwtrawl.reports;

import io.jwtrawl.finding.Finding;
import io.jwtrawl.rules.Level;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.rules.Taxonomy;
import io.jwtrawl.rules.TokenFamily;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The rules and the taxonomies that results refer to: those that have a result, in the order of their ids.
final class SarifRules {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /// More GitHub does not show.
    private static final int MAX_TAGS = 10;

    /// What the results of one rule have in common.
    private static final class Used {
        int highestScore;
        Level worst = Level.INFO;
        final SortedSet<String> standards = new TreeSet<>();
        String remedy = "";
    }

    private final TreeMap<String, Used> used = new TreeMap<>();
    private final List<String> ids;
    private final List<Taxonomy> known;
    private final Map<Taxonomy, List<String>> taxa = new HashMap<>();
    private final RuleNames names;

    SarifRules(RuleSet rules, List<TokenInFile> results) {
        for (TokenInFile result : results) {
            result.findings().forEach(this::use);
        }
        ids = List.copyOf(used.keySet());
        known = rules.standards();
        SortedSet<String> standards = new TreeSet<>();
        used.values().forEach(rule -> standards.addAll(rule.standards));
        for (String standard : standards) {
            taxonomyOf(standard)
                    .ifPresent(taxonomy ->
                            taxa.computeIfAbsent(taxonomy, _ -> new ArrayList<>()).add(standard));
        }
        names = new RuleNames(rules);
    }

    private void use(Finding finding) {
        var rating = finding.classification().rating();
        Used rule = used.computeIfAbsent(finding.classification().family(), _ -> new Used());
        if (rule.remedy.isEmpty() || rating.score() > rule.highestScore) {
            rule.highestScore = rating.score();
            rule.worst = rating.level();
            rule.remedy = rating.remedy();
        }
        rule.standards.addAll(rating.standards());
    }

    int indexOf(String ruleId) {
        return ids.indexOf(ruleId);
    }

    ArrayNode rules() {
        ArrayNode rules = JSON.arrayNode();
        used.forEach((id, rule) -> {
            String title = names.title(id);
            ObjectNode node = rules.addObject();
            node.put("id", id);
            node.put("name", nameOf(id));
            node.set("shortDescription", text(title));
            node.set(
                    "fullDescription",
                    text("A JSON Web Token (" + title + ") lies where it can be read."));
            Optional<TokenFamily> family = names.family(id);
            node.set("help", SarifHelp.of(title, rule.remedy, family));
            family.ifPresent(known -> node.put("helpUri", known.source()));
            node.putObject("defaultConfiguration").put("level", level(rule.worst));
            ArrayNode relationships = node.putArray("relationships");
            rule.standards.forEach(
                    standard -> reference(standard, relationships.addObject().putObject("target")));
            relationships.forEach(
                    relationship -> ((ObjectNode) relationship).putArray("kinds").add("relevant"));
            ObjectNode properties = node.putObject("properties");
            ArrayNode tags = properties.putArray("tags").add("security").add("secret").add("jwt");
            rule.standards.stream()
                    .filter(standard -> standard.startsWith("CWE-"))
                    .limit(MAX_TAGS - tags.size())
                    .forEach(cwe -> tags.add("external/cwe/" + cwe.toLowerCase(Locale.ROOT)));
            properties.put("precision", "high");
            properties.put(
                    "security-severity",
                    String.format(Locale.ROOT, "%.1f", severity(rule.worst, rule.highestScore)));
        });
        return rules;
    }

    ArrayNode taxonomies() {
        ArrayNode taxonomies = JSON.arrayNode();
        for (Taxonomy taxonomy : taxonomiesInUse()) {
            ObjectNode node = taxonomies.addObject();
            node.put("name", taxonomy.name());
            node.put("organization", taxonomy.organization());
            node.set("shortDescription", text(taxonomy.title()));
            node.put("informationUri", taxonomy.source());
            node.put("isComprehensive", false);
            ArrayNode entries = node.putArray("taxa");
            for (String standard : taxa.getOrDefault(taxonomy, List.of())) {
                ObjectNode entry = entries.addObject();
                entry.put("id", standard);
                entry.set("shortDescription", text(taxonomy.nameOf(standard)));
            }
        }
        return taxonomies;
    }

    ArrayNode taxonomyReferences() {
        ArrayNode references = JSON.arrayNode();
        List<Taxonomy> inUse = taxonomiesInUse();
        for (int i = 0; i < inUse.size(); i++) {
            references.addObject().put("name", inUse.get(i).name()).put("index", i);
        }
        return references;
    }

    /// Fills `node` with a reference to an entry of a taxonomy.
    void reference(String standard, ObjectNode node) {
        node.put("id", standard);
        taxonomyOf(standard)
                .ifPresent(taxonomy -> {
                    node.put("index", taxa.getOrDefault(taxonomy, List.of()).indexOf(standard));
                    node.putObject("toolComponent")
                            .put("name", taxonomy.name())
                            .put("index", taxonomiesInUse().indexOf(taxonomy));
                });
    }

    static String level(Level level) {
        return switch (level) {
            case CRITICAL, HIGH -> "error";
            case MEDIUM -> "warning";
            case LOW -> "note";
            case INFO -> "none";
        };
    }

    /// A score as GitHub takes it: above 9 is critical, from 7 on high, from 4 on medium.
    static double severity(Level level, int score) {
        double tenth = score / 10.0;
        return switch (level) {
            case CRITICAL -> Math.clamp(tenth, 9.1, 10.0);
            case HIGH -> Math.clamp(tenth, 7.0, 8.9);
            case MEDIUM -> Math.clamp(tenth, 4.0, 6.9);
            case LOW -> Math.clamp(tenth, 1.0, 3.9);
            case INFO -> 0.1;
        };
    }

    static ObjectNode text(String text) {
        return JSON.objectNode().put("text", text);
    }

    private List<Taxonomy> taxonomiesInUse() {
        return known.stream().filter(taxa::containsKey).toList();
    }

    private Optional<Taxonomy> taxonomyOf(String standard) {
        return known.stream()
                .filter(taxonomy -> standard.startsWith(taxonomy.prefix()))
                .findFirst();
    }

    /// A name that is not the id, in Pascal case, as the specification wants it.
    private static String nameOf(String id) {
        String name = pascalCase(id);
        return name.equalsIgnoreCase(id) ? name + "Token" : name;
    }

    private static String pascalCase(String id) {
        StringBuilder name = new StringBuilder();
        for (String word : id.split("-", -1)) {
            if (!word.isEmpty()) {
                name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
            }
        }
        return name.toString();
    }
}
