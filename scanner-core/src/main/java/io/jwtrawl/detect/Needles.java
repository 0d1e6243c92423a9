package io.jwtrawl.detect;

import io.jwtrawl.rules.Needle;
import io.jwtrawl.rules.RuleSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is looked for with some [Limits], made once and shared by all threads.
final class Needles {

    private final RuleSet rules;
    private final Limits limits;
    private final Sieve outer;
    private @Nullable Sieve inner;

    Needles(RuleSet rules, Limits limits) {
        this.rules = rules;
        this.limits = limits;
        outer = Sieve.of(wanted(rules.needles()));
    }

    /// Those for blobs.
    Sieve outer() {
        return outer;
    }

    /// Those for text that was decoded, made when the first is.
    synchronized Sieve inner() {
        if (inner == null) {
            List<Needle> all = wanted(rules.needles());
            all.addAll(wanted(rules.detection().innerNeedles()));
            inner = Sieve.of(all);
        }
        return inner;
    }

    private List<Needle> wanted(List<Needle> needles) {
        List<Needle> wanted = new ArrayList<>();
        for (Needle needle : needles) {
            if (isWanted(needle)) {
                wanted.add(needle);
            }
        }
        return wanted;
    }

    private boolean isWanted(Needle needle) {
        return switch (needle.kind()) {
            case TOKEN, PREFIX, INNER -> true;
            case ESCAPED -> limits.encodings() != Limits.Encodings.NONE;
            case ENCODED -> limits.encodings().include(rules.encodings().get(needle.target()));
        };
    }
}
