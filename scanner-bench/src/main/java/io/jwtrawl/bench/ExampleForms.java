package io.jwtrawl.bench;

import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.rules.TokenForm;
import io.jwtrawl.rules.TokenRule;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Vendors' tokens that nothing here makes up: the examples of their rules, each the longest text that has the rule's shape.
final class ExampleForms {

    private static final int INSTANCES = 3;

    private ExampleForms() {}

    /// @param others the ids of the rules whose tokens are made up elsewhere
    static List<Form> of(RuleSet rules, Set<String> others) {
        return rules.tokens().stream()
                .filter(rule -> rule.form() == TokenForm.WRAPPED && !others.contains(rule.id()))
                .map(ExampleForms::form)
                .toList();
    }

    private static Form form(TokenRule rule) {
        List<String> texts =
                rule.examples().stream()
                        .map(example -> longest(rule, example))
                        .filter(text -> !text.isEmpty()) // in a disguise
                        .distinct()
                        .limit(INSTANCES)
                        .toList();
        return new Form(
                rule.title(),
                texts.size(),
                (_, instance) -> {
                    String text = texts.get(instance);
                    return MadeUp.written(text, text.replaceFirst("=+$", ""));
                });
    }

    private static String longest(TokenRule rule, String example) {
        return Pattern.compile(rule.shape().orElseThrow())
                .matcher(example)
                .results()
                .map(MatchResult::group)
                .reduce("", (longest, text) -> text.length() > longest.length() ? text : longest);
    }
}
