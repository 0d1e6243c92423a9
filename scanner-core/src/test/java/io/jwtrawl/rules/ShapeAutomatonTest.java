package io.jwtrawl.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

class ShapeAutomatonTest {

    private static final List<TokenRule> RULES = RuleSet.builtIn().tokens();
    private static final ShapeAutomaton AUTOMATON = RuleSet.builtIn().detection().shapes();

    @Property(tries = 5_000)
    void acceptsForEachRuleWhatItsShapeMatches(
            @ForAll @Chars({'e', 'y', 'J', '.', '-', '_', 'Z', ' ', 'é'}) @StringLength(max = 16)
                    String tail) {
        String text = "eyJ" + tail;
        int state = ShapeAutomaton.START;
        for (byte b : text.getBytes(StandardCharsets.ISO_8859_1)) {
            state = state == ShapeAutomaton.DEAD ? state : AUTOMATON.step(state, b);
        }
        for (int i = 0; i < RULES.size(); i++) {
            boolean accepted =
                    state != ShapeAutomaton.DEAD && (AUTOMATON.accepts()[state] & (1L << i)) != 0;
            assertThat(accepted)
                    .as(RULES.get(i).id() + " on " + text)
                    .isEqualTo(
                            RULES.get(i)
                                    .shape()
                                    .filter(shape -> Pattern.matches(shape, text))
                                    .isPresent());
        }
    }
}
