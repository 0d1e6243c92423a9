package io.jwtrawl.reports;

import io.jwtrawl.rules.Provider;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.rules.TokenFamily;
import io.jwtrawl.rules.TokenRule;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What the ids of token rules and families are called.
final class RuleNames {

    private final Map<String, String> titles = new HashMap<>();
    private final Map<String, TokenFamily> families = new HashMap<>();

    RuleNames(RuleSet rules) {
        for (TokenRule rule : rules.tokens()) {
            titles.put(rule.id(), rule.title());
        }
        for (Provider provider : rules.providers()) {
            for (TokenFamily family : provider.families()) {
                titles.put(family.id(), family.title());
                families.put(family.id(), family);
            }
        }
    }

    String title(String id) {
        return titles.getOrDefault(id, id);
    }

    Optional<TokenFamily> family(String id) {
        return Optional.ofNullable(families.get(id));
    }
}
