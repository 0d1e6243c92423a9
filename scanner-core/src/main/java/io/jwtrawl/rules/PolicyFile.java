package io.jwtrawl.rules;

import io.jwtrawl.source.PathText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Completes policy files, which say only what differs: from the policy that they extend, and for some paths from their
/// own.
final class PolicyFile {

    private static final String EXTENDS = "extends";
    private static final String OVERRIDES = "overrides";
    private static final String SET = "set";
    private static final String PATHS = "paths";

    private PolicyFile() {}

    /// One policy, complete.
    ///
    /// @param name of the file, for messages
    /// @param written what the file holds
    /// @param known finds a complete policy by its id, or null
    static ObjectNode complete(
            String name, ObjectNode written, Function<String, @Nullable ObjectNode> known) {
        ObjectNode complete = written.deepCopy();
        JsonNode base = complete.remove(EXTENDS);
        if (base != null) {
            ObjectNode extended = known.apply(base.asString(""));
            if (extended == null) {
                throw new RuleFileException(name, "extends: no policy is named " + base);
            }
            complete = merged(extended, complete);
        }
        JsonNode overrides = complete.get(OVERRIDES);
        if (overrides instanceof ArrayNode entries) {
            ObjectNode own = complete.deepCopy();
            own.putArray(OVERRIDES);
            ArrayNode policies = complete.putArray(OVERRIDES);
            for (int i = 0; i < entries.size(); i++) {
                policies.add(override(name, i, entries.get(i), own));
            }
        }
        return complete;
    }

    /// Several policies that may extend one another, complete, in the same order.
    ///
    /// @param written by the names of their files
    static List<ObjectNode> complete(Map<String, ObjectNode> written) {
        var all = new Completion(written);
        List<ObjectNode> complete = new ArrayList<>();
        written.forEach((name, policy) -> complete.add(all.of(name, policy)));
        return complete;
    }

    private static final class Completion {
        private final Map<String, ObjectNode> written;
        private final Map<String, ObjectNode> done = new LinkedHashMap<>();
        private final Set<String> underway = new HashSet<>();

        Completion(Map<String, ObjectNode> written) {
            this.written = written;
        }

        ObjectNode of(String name, ObjectNode policy) {
            ObjectNode before = done.get(name);
            if (before != null) {
                return before;
            }
            if (!underway.add(name)) {
                throw new RuleFileException(name, "extends itself");
            }
            ObjectNode complete = PolicyFile.complete(name, policy, this::byId);
            done.put(name, complete);
            return complete;
        }

        private @Nullable ObjectNode byId(String id) {
            for (Map.Entry<String, ObjectNode> entry : written.entrySet()) {
                if (entry.getValue().path("id").asString("").equals(id)) {
                    return of(entry.getKey(), entry.getValue());
                }
            }
            return null;
        }
    }

    /// Refuses a policy that allows an algorithm that nobody signs with: it would refuse every token, and say nothing.
    static void requireKnown(String name, Policy policy, AlgorithmCatalogue algorithms) {
        requireKnown(name, policy.id() + ": ", policy.requirements(), algorithms);
        for (int i = 0; i < policy.overrides().size(); i++) {
            requireKnown(
                    name,
                    policy.id() + ": overrides/" + i + "/set/",
                    policy.overrides().get(i).policy().requirements(),
                    algorithms);
        }
    }

    private static void requireKnown(
            String name,
            String where,
            Policy.Requirements requirements,
            AlgorithmCatalogue algorithms) {
        for (String alg : requirements.allowedAlgorithms()) {
            if (algorithms.signature(alg).isEmpty()) {
                throw new RuleFileException(
                        name,
                        where
                                + "requirements/allowed-algorithms: nothing is signed with "
                                + PathText.escape(alg)
                                + algorithms.signatures().stream()
                                        .map(AlgorithmCatalogue.Signature::alg)
                                        .filter(alg::equalsIgnoreCase)
                                        .findFirst()
                                        .map(known -> "; it is written " + known)
                                        .orElse("; rules/algorithms/jose.yaml has the algorithms"));
            }
        }
    }

    private static ObjectNode override(String name, int index, JsonNode entry, ObjectNode own) {
        if (entry.has("policy")) {
            return (ObjectNode) entry; // of the policy that this one extends
        }
        if (!(entry.path(SET) instanceof ObjectNode set)
                || entry.size() != 2
                || !entry.has(PATHS)) {
            throw new RuleFileException(
                    name, OVERRIDES + "/" + index + ": has `paths` and `set`, and nothing else");
        }
        if (set.has(OVERRIDES) || set.has(EXTENDS)) {
            throw new RuleFileException(
                    name, OVERRIDES + "/" + index + "/set: has neither `overrides` nor `extends`");
        }
        ObjectNode override = own.objectNode();
        override.set(PATHS, entry.get(PATHS));
        override.set("policy", merged(own, set));
        return override;
    }

    /// `base` with what `changes` says otherwise: mappings member by member, all else as a whole.
    private static ObjectNode merged(ObjectNode base, ObjectNode changes) {
        ObjectNode merged = base.deepCopy();
        for (Map.Entry<String, JsonNode> change : changes.properties()) {
            JsonNode before = merged.get(change.getKey());
            merged.set(
                    change.getKey(),
                    before instanceof ObjectNode inner
                                    && change.getValue() instanceof ObjectNode changed
                            ? merged(inner, changed)
                            : change.getValue());
        }
        return merged;
    }
}
