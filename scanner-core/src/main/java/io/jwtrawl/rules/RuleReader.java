package io.jwtrawl.rules;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads rule files in YAML, checked against the schemas under `rules/schema`.
public final class RuleReader {

    private RuleReader() {}

    /// Reads a whole folder that is laid out like `rules/`.
    ///
    /// @throws RuleFileException naming the file, the entry and the field, if one is wrong
    public static RuleSet read(Path folder) throws IOException {
        RuleSet rules = RuleSet.of(merge(folder));
        SecretList secrets = SecretFile.of(folder);
        return rules.withWeakSecrets(() -> secrets);
    }

    /// Reads one policy file.
    ///
    /// @param known the policies that it may extend
    /// @param algorithms those that it may allow
    /// @throws RuleFileException naming the entry and the field, if one is wrong
    public static Policy readPolicy(Path file, List<Policy> known, AlgorithmCatalogue algorithms)
            throws IOException {
        String name = file.toString();
        ObjectNode complete =
                PolicyFile.complete(name, mapping(file, name), id -> jsonOf(id, known));
        check(name, complete, "policy");
        Policy policy = bind(name, complete, Policy.class);
        PolicyFile.requireKnown(name, policy, algorithms);
        return policy;
    }

    private static @Nullable ObjectNode jsonOf(String id, List<Policy> known) {
        for (Policy policy : known) {
            if (policy.id().equals(id)) {
                return RuleMapper.json().valueToTree(policy);
            }
        }
        return null;
    }

    static ObjectNode merge(Path folder) throws IOException {
        ObjectNode rules = RuleMapper.json().createObjectNode();
        rules.set("tokens", entries(folder, "tokens", "token", TokenRule.class));
        rules.set("encodings", entries(folder, "encodings", "encoding", Encoding.class));
        rules.set(
                "algorithms",
                single(folder, "algorithms/jose.yaml", "algorithms", AlgorithmCatalogue.class));
        rules.set("providers", entries(folder, "issuers", "issuer", Provider.class));
        ArrayNode samples = rules.putArray("samples");
        for (Path file : files(folder, "samples")) {
            String name = folder.relativize(file).toString();
            for (JsonNode sample : checked(file, name, "samples").path("samples")) {
                bind(name, sample, SampleToken.class);
                samples.add(sample);
            }
        }
        rules.set(
                "scopes", single(folder, "scopes/catalogue.yaml", "scopes", ScopeCatalogue.class));
        rules.set(
                "contexts",
                single(folder, "contexts/paths.yaml", "contexts", ContextCatalogue.class));
        rules.set(
                "personal",
                single(folder, "personal/claims.yaml", "personal", PersonalClaims.class));
        rules.set("traits", single(folder, "traits/claims.yaml", "traits", TraitCatalogue.class));
        rules.set(
                "neighbours",
                single(folder, "contexts/neighbours.yaml", "neighbours", NeighbourCatalogue.class));
        rules.set("standards", entries(folder, "standards", "standard", Taxonomy.class));
        rules.set(
                "policies",
                policies(
                        folder,
                        bind(
                                "algorithms/jose.yaml",
                                rules.path("algorithms"),
                                AlgorithmCatalogue.class)));
        return rules;
    }

    private static ArrayNode policies(Path folder, AlgorithmCatalogue algorithms)
            throws IOException {
        Map<String, ObjectNode> written = new LinkedHashMap<>();
        for (Path file : files(folder, "policies")) {
            String name = folder.relativize(file).toString();
            written.put(name, mapping(file, name));
        }
        ArrayNode policies = RuleMapper.json().createArrayNode();
        List<ObjectNode> complete = PolicyFile.complete(written);
        int i = 0;
        for (String name : written.keySet()) {
            check(name, complete.get(i), "policy");
            PolicyFile.requireKnown(name, bind(name, complete.get(i), Policy.class), algorithms);
            policies.add(complete.get(i));
            i++;
        }
        return policies;
    }

    private static ArrayNode entries(Path folder, String subfolder, String schema, Class<?> type)
            throws IOException {
        ArrayNode entries = RuleMapper.json().createArrayNode();
        for (Path file : files(folder, subfolder)) {
            String name = folder.relativize(file).toString();
            ObjectNode entry = checked(file, name, schema);
            bind(name, entry, type);
            entries.add(entry);
        }
        return entries;
    }

    private static ObjectNode single(Path folder, String name, String schema, Class<?> type)
            throws IOException {
        ObjectNode content = checked(folder.resolve(name), name, schema);
        bind(name, content, type);
        return content;
    }

    private static List<Path> files(Path folder, String subfolder) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(subfolder))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted(Comparator.comparing(RuleReader::nameWithoutEnding))
                    .toList();
        }
    }

    private static String nameWithoutEnding(Path file) {
        return file.toString().replaceFirst("\\.yaml$", "");
    }

    private static ObjectNode checked(Path file, String name, String schema) throws IOException {
        ObjectNode content = mapping(file, name);
        check(name, content, schema);
        return content;
    }

    private static ObjectNode mapping(Path file, String name) throws IOException {
        JsonNode content;
        try (InputStream yaml = Files.newInputStream(file)) {
            content = RuleMapper.yaml().readTree(yaml);
        } catch (JacksonException e) {
            throw new RuleFileException(name, yamlProblem(e), e);
        }
        if (content instanceof ObjectNode object) {
            return object;
        }
        throw new RuleFileException(name, "is not a YAML mapping");
    }

    private static void check(String name, ObjectNode content, String schema) {
        List<String> problems = new ArrayList<>();
        try {
            for (Error error : schema(schema).validate(content)) {
                problems.add(entryOf(content, error.getInstanceLocation()) + error.getMessage());
            }
        } catch (JacksonException e) {
            // A number that no limit can be compared with.
            throw new RuleFileException(name, e.getOriginalMessage(), e);
        }
        if (!problems.isEmpty()) {
            throw new RuleFileException(name, String.join("; ", problems));
        }
    }

    private static <T> T bind(String file, JsonNode content, Class<T> type) {
        try {
            return RuleMapper.json().treeToValue(content, type);
        } catch (JacksonException e) {
            String entry = content.path("id").asString("");
            throw new RuleFileException(
                    file, (entry.isEmpty() ? "" : entry + ": ") + rootMessage(e) + field(e), e);
        }
    }

    private static String rootMessage(JacksonException e) {
        return e.getCause() instanceof IllegalArgumentException cause
                ? String.valueOf(cause.getMessage())
                : e.getOriginalMessage();
    }

    private static String field(JacksonException e) {
        String reference = e.getPathReference();
        return reference == null || reference.isEmpty()
                ? ""
                : " (at " + reference.replaceAll("[\\w.$]+\\[", "[") + ")";
    }

    /// On one line. The parser says what it was doing and what is wrong, each with a line such as
    /// `in reader, line 3, column 1:` and the text there behind it.
    private static String yamlProblem(JacksonException e) {
        List<String> said = new ArrayList<>();
        String place = "";
        String before = "";
        for (String line : e.getOriginalMessage().lines().map(String::strip).toList()) {
            if (line.startsWith("in ") && line.contains("line ")) {
                said.add(before);
                place = line.substring(line.indexOf("line ")).replaceFirst(":$", "");
            }
            before = line;
        }
        return said.isEmpty()
                ? e.getOriginalMessage().lines().findFirst().orElse("") + at(e)
                : place + ": " + String.join(", ", said);
    }

    private static String at(JacksonException e) {
        return e.getLocation() == null
                ? ""
                : " (line "
                        + e.getLocation().getLineNr()
                        + ", column "
                        + e.getLocation().getColumnNr()
                        + ")";
    }

    /// The nearest entry with an id above a place in a file, then the field in it: `supabase-anon: match/0: `.
    private static String entryOf(JsonNode content, com.networknt.schema.path.NodePath location) {
        JsonNode node = content;
        String entry = content.path("id").asString("");
        List<String> field = new ArrayList<>();
        for (int i = 0; i < location.getNameCount(); i++) {
            Object element = location.getElement(i);
            node =
                    element instanceof Integer index
                            ? node.path(index)
                            : node.path(element.toString());
            field.add(element.toString());
            String id = node.path("id").asString("");
            if (!id.isEmpty()) {
                entry = id;
                field.clear();
            }
        }
        return (entry.isEmpty() ? "" : entry + ": ")
                + (field.isEmpty() ? "" : String.join("/", field) + ": ");
    }

    private static Schema schema(String name) {
        try (InputStream schema =
                RuleReader.class.getResourceAsStream("schema/" + name + ".schema.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(RuleMapper.json().readTree(schema));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
