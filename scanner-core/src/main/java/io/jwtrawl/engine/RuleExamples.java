package io.jwtrawl.engine;

import io.jwtrawl.classify.SensitiveClaims;
import io.jwtrawl.detect.Limits;
import io.jwtrawl.finding.Place;
import io.jwtrawl.rules.ContextCatalogue;
import io.jwtrawl.rules.Encoding;
import io.jwtrawl.rules.NeighbourCatalogue;
import io.jwtrawl.rules.PersonalClaims;
import io.jwtrawl.rules.Provider;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.rules.ScopeCatalogue;
import io.jwtrawl.rules.StorageContext;
import io.jwtrawl.rules.TokenFamily;
import io.jwtrawl.rules.TokenRule;
import io.jwtrawl.rules.TraitCatalogue;
import io.jwtrawl.rules.TraitCatalogue.KindTrait;
import io.jwtrawl.rules.TraitCatalogue.SubjectTrait;
import io.jwtrawl.token.Sighting;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Runs the examples that rules carry as tests of these rules.
public final class RuleExamples {

    /// Opt-in encodings have examples too.
    private static final Limits LIMITS =
            new Limits(
                    Limits.DEFAULT.tokenBytes(),
                    Limits.DEFAULT.depth(),
                    Limits.DEFAULT.expandedBytes(),
                    Limits.Encodings.ALL);

    private final RuleSet rules;
    private final List<Outcome> outcomes = new ArrayList<>();

    private RuleExamples(RuleSet rules) {
        this.rules = rules;
    }

    /// One example.
    ///
    /// @param rule the id of the rule that carries it
    /// @param number its place among that rule's examples, or non-examples, from 1
    /// @param problem what is wrong, if anything is; it never quotes a token
    public record Outcome(String rule, boolean positive, int number, Optional<String> problem) {}

    public static List<Outcome> run(RuleSet rules) {
        var examples = new RuleExamples(rules);
        rules.tokens().forEach(examples::token);
        rules.encodings().forEach(examples::encoding);
        rules.providers().forEach(examples::provider);
        examples.scopes(rules.scopes());
        examples.contexts(rules.contexts());
        examples.personal(rules.personal());
        examples.traits(rules.traits());
        examples.neighbours(rules.neighbours());
        return List.copyOf(examples.outcomes);
    }

    private void token(TokenRule rule) {
        each(
                rule.id(),
                true,
                rule.examples(),
                text -> {
                    int found = count(rule, text);
                    return found == 1
                            ? Optional.empty()
                            : Optional.of("holds " + found + " tokens of this kind, not one");
                });
        each(
                rule.id(),
                false,
                rule.nonExamples(),
                text -> {
                    int found = count(rule, text);
                    return found == 0
                            ? Optional.empty()
                            : Optional.of("holds a token of this kind");
                });
    }

    private int count(TokenRule rule, String text) {
        int count = 0;
        for (Sighting sighting : find(text)) {
            if (sighting.token().rule().id().equals(rule.id())) {
                count++;
            }
        }
        return count;
    }

    private void encoding(Encoding encoding) {
        each(
                "encoding " + encoding.id(),
                true,
                encoding.examples(),
                text -> {
                    List<Sighting> found = find(text);
                    return found.size() == 1
                                    && !found.getFirst().token().isPartial()
                                    && Place.of(found.getFirst().provenance())
                                            .encoding()
                                            .contains(encoding.id())
                            ? Optional.empty()
                            : Optional.of(
                                    "holds "
                                            + found.size()
                                            + " tokens, in "
                                            + found.stream()
                                                    .map(sighting ->
                                                            Place.of(sighting.provenance())
                                                                    .encoding())
                                                    .toList()
                                            + ", not one whole token in this encoding");
                });
        each(
                "encoding " + encoding.id(),
                false,
                encoding.nonExamples(),
                text -> find(text).isEmpty() ? Optional.empty() : Optional.of("holds a token"));
    }

    private List<Sighting> find(String text) {
        return TokenFinder.find(text.getBytes(StandardCharsets.UTF_8), rules, LIMITS);
    }

    private void provider(Provider provider) {
        for (TokenFamily family : provider.families()) {
            each(
                    family.id(),
                    true,
                    family.examples(),
                    example -> {
                        String found = familyOf(family, example);
                        return found.equals(family.id())
                                ? Optional.empty()
                                : Optional.of("is taken for " + found);
                    });
            each(
                    family.id(),
                    false,
                    family.nonExamples(),
                    example ->
                            familyOf(family, example).equals(family.id())
                                    ? Optional.of("is taken for this family")
                                    : Optional.empty());
        }
    }

    private String familyOf(TokenFamily family, TokenFamily.ClaimExample example) {
        ObjectNode header = example.header().orElseGet(JsonNodeFactory.instance::objectNode);
        return rules.originOf(family.token(), header, example.claims())
                .map(origin -> origin.family().id())
                .orElse("no family");
    }

    private void scopes(ScopeCatalogue catalogue) {
        each(
                "scopes",
                true,
                catalogue.examples(),
                example -> {
                    var found = catalogue.privilegeOf(example.scope());
                    return found == example.privilege()
                            ? Optional.empty()
                            : Optional.of(
                                    example.scope()
                                            + " is rated "
                                            + found
                                            + ", not "
                                            + example.privilege());
                });
        each(
                "scopes",
                false,
                catalogue.nonExamples(),
                example ->
                        catalogue.privilegeOf(example.scope()) == example.privilege()
                                ? Optional.of(example.scope() + " is rated " + example.privilege())
                                : Optional.empty());
    }

    private void contexts(ContextCatalogue catalogue) {
        each(
                "contexts",
                true,
                catalogue.examples(),
                example -> {
                    var found = catalogue.contextOf(example.path());
                    return found == example.context()
                            ? Optional.empty()
                            : Optional.of(
                                    example.path() + " is " + found + ", not " + example.context());
                });
        each(
                "contexts",
                false,
                catalogue.nonExamples(),
                example ->
                        catalogue.contextOf(example.path()) == example.context()
                                ? Optional.of(example.path() + " is " + example.context())
                                : Optional.empty());
    }

    private void personal(PersonalClaims claims) {
        each(
                "personal",
                true,
                claims.examples(),
                name ->
                        claims.isPersonal(name)
                                ? Optional.empty()
                                : Optional.of(name + " is not personal"));
        each(
                "personal",
                false,
                claims.nonExamples(),
                name ->
                        claims.isPersonal(name)
                                ? Optional.of(name + " is personal")
                                : Optional.empty());
    }

    private void traits(TraitCatalogue traits) {
        each("traits", true, traits.examples(), example -> wrong(traits, example, true));
        each("traits", false, traits.nonExamples(), example -> wrong(traits, example, false));
    }

    /// @param expected whether all that the example says is to be told of it, or none
    private Optional<String> wrong(
            TraitCatalogue traits, TraitCatalogue.Example example, boolean expected) {
        ObjectNode header = example.header().orElseGet(JsonNodeFactory.instance::objectNode);
        var kind = traits.kindOf(header, example.claims()).map(KindTrait::kind);
        var subject = traits.subjectOf(header, example.claims()).map(SubjectTrait::subject);
        boolean secret = SensitiveClaims.holdsSecret(example.claims(), rules);
        boolean asSaid =
                (example.kind().isPresent() && example.kind().equals(kind) != expected)
                        || (example.subject().isPresent()
                                && example.subject().equals(subject) != expected)
                        || (example.secret().isPresent()
                                && example.secret().get().equals(secret) != expected);
        return asSaid
                ? Optional.of("is told to be " + kind + ", " + subject + ", secret " + secret)
                : Optional.empty();
    }

    private void neighbours(NeighbourCatalogue neighbours) {
        each("neighbours", true, neighbours.examples(), example -> told(example, true));
        each("neighbours", false, neighbours.nonExamples(), example -> told(example, false));
    }

    private Optional<String> told(NeighbourCatalogue.Example example, boolean expected) {
        var context =
                rules.neighbours()
                        .refine(
                                example.path()
                                        .map(rules.contexts()::contextOf)
                                        .orElse(StorageContext.UNKNOWN),
                                rules.neighbours().signsIn(example.before()));
        return (context == example.context()) == expected
                ? Optional.empty()
                : Optional.of("is told to be " + context);
    }

    private interface Check<E> {
        Optional<String> problem(E example);
    }

    private <E> void each(String rule, boolean positive, List<E> examples, Check<E> check) {
        for (int i = 0; i < examples.size(); i++) {
            outcomes.add(new Outcome(rule, positive, i + 1, check.problem(examples.get(i))));
        }
    }
}
