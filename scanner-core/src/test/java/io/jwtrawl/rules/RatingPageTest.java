package io.jwtrawl.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.rules.Policy.WorkingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The tables of docs/rating.md are made from the policies; `-Djwtrawl.golden=update` makes them anew.
class RatingPageTest {

    private static final Path PAGE = Path.of("../docs/rating.md");
    private static final String BEGIN = "<!-- made from rules/policies -->\n";
    private static final String END = "<!-- end -->\n";
    private static final List<Policy> POLICIES =
            List.of("default", "strict", "incident").stream()
                    .map(RuleSet.builtIn()::policy)
                    .toList();

    @Test
    void theTablesSayWhatThePoliciesSay() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        assertThat(begin).isGreaterThanOrEqualTo(BEGIN.length());
        String made = tables();
        if ("update".equals(System.getProperty("jwtrawl.golden"))) {
            page = page.substring(0, begin) + made + page.substring(end);
            Files.writeString(PAGE, page);
            end = page.indexOf(END);
        }
        assertThat(page.substring(begin, end)).isEqualTo(made);
    }

    private static String tables() {
        var text = new StringJoiner("\n");
        text.add(
                table(
                        "level, from score",
                        List.of(Level.values()),
                        level -> level.name(),
                        (policy, level) ->
                                level == Level.INFO
                                        ? "0"
                                        : String.valueOf(policy.levels().getOrDefault(level, 0))));
        text.add(
                table(
                        "reason, points",
                        List.of(ReasonCode.values()),
                        ReasonCode::name,
                        (policy, code) -> points(weight(policy, code).points())));
        for (WorkingState state : WorkingState.values()) {
            text.add(
                    table(
                            "while " + spelled(state.name()) + ", further points for",
                            List.copyOf(
                                    POLICIES.getFirst()
                                            .working()
                                            .getOrDefault(state, java.util.Map.of())
                                            .keySet()),
                            ReasonCode::name,
                            (policy, code) ->
                                    points(
                                            policy.working()
                                                    .getOrDefault(state, java.util.Map.of())
                                                    .getOrDefault(code, 0))));
        }
        text.add(
                table(
                        "place, points",
                        List.of(StorageContext.values()),
                        StorageContext::name,
                        (policy, context) -> points(policy.contexts().getOrDefault(context, 0))));
        text.add(
                table(
                        "longest life",
                        List.of(TokenKind.values()),
                        TokenKind::name,
                        (policy, kind) ->
                                days(
                                        policy.limits()
                                                .lifetime()
                                                .getOrDefault(kind, Duration.ZERO))));
        text.add(standards());
        return text.toString();
    }

    /// Of the default policy, which the others leave as they are.
    private static String standards() {
        var table = new StringJoiner("\n", "| reason | speaks of it |\n|---|---|\n", "\n");
        for (ReasonCode code : ReasonCode.values()) {
            List<String> standards = weight(POLICIES.getFirst(), code).standards();
            if (!standards.isEmpty()) {
                table.add("| `" + code.text() + "` | " + String.join(", ", standards) + " |");
            }
        }
        return table.toString();
    }

    private interface Cell<E> {
        String of(Policy policy, E row);
    }

    private static <E> String table(
            String title, List<E> rows, Function<E, String> name, Cell<E> cell) {
        String columns = POLICIES.stream().map(Policy::id).collect(Collectors.joining(" | "));
        var table =
                new StringJoiner(
                        "\n", "| " + title + " | " + columns + " |\n|---|---|---|---|\n", "\n");
        for (E row : rows) {
            table.add(
                    POLICIES.stream()
                            .map(policy -> cell.of(policy, row))
                            .collect(
                                    Collectors.joining(
                                            " | ",
                                            "| `" + spelled(name.apply(row)) + "` | ",
                                            " |")));
        }
        return table.toString();
    }

    private static Policy.Weight weight(Policy policy, ReasonCode code) {
        return policy.reasons().getOrDefault(code, new Policy.Weight(0, List.of()));
    }

    private static String spelled(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String points(int points) {
        return points == 0 ? "0" : String.format(Locale.ROOT, "%+d", points);
    }

    private static String days(Duration duration) {
        return duration.toHours() % 24 == 0
                ? duration.toDays() + " d"
                : duration.toMinutes() % 60 == 0
                        ? duration.toHours() + " h"
                        : duration.toMinutes() + " min";
    }
}
