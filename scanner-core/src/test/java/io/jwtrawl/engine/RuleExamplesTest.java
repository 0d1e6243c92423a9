package io.jwtrawl.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.jwtrawl.rules.RuleSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RuleExamplesTest {

    @TestFactory
    Stream<DynamicTest> everyExampleIsFoundAndNoNonExampleIs() {
        return RuleExamples.run(RuleSet.builtInWithExamples()).stream()
                .map(outcome ->
                        dynamicTest(
                                outcome.rule()
                                        + (outcome.positive() ? " finds " : " ignores ")
                                        + outcome.number(),
                                () -> assertThat(outcome.problem()).isEmpty()));
    }
}
