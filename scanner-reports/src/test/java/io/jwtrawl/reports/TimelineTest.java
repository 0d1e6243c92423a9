package io.jwtrawl.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.classify.Exposure;
import io.jwtrawl.classify.ExposureState;
import io.jwtrawl.classify.Forgeability;
import io.jwtrawl.rules.Privilege;
import io.jwtrawl.rules.SubjectKind;
import io.jwtrawl.rules.TokenKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    @Test
    void drawsALifeToScale() {
        assertThat(timeline(Optional.of(-100), Optional.of(-50), Optional.of(100)))
                .containsExactly(
                        "I--------------E==============N----------------------------X",
                        "I issued   2026-02-21T00:00:00Z  100 days ago",
                        "E exposed  2026-04-12T00:00:00Z  50 days ago",
                        "N now      2026-06-01T00:00:00Z",
                        "X expires  2026-09-09T00:00:00Z  in 100 days",
                        "= exposed and valid for 50 days");
    }

    @Test
    void drawsALifeWithoutEnd() {
        assertThat(timeline(Optional.of(-90), Optional.of(-30), Optional.empty()).getFirst())
                .isEqualTo("I-----------------------------E==============N-------------->");
    }

    @Test
    void drawsNothingWhereNothingIsKnown() {
        assertThat(timeline(Optional.empty(), Optional.empty(), Optional.empty())).isEmpty();
    }

    /// However close together, however far apart.
    @Test
    void everyMomentHasAColumnInTheRightOrder() {
        for (int seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            int most = List.of(2, 100, 3_000_000).get(random.nextInt(3));
            List<String> lines =
                    timeline(some(random, most), some(random, most), some(random, most));
            if (lines.isEmpty()) {
                continue;
            }
            String bar = lines.getFirst();
            assertThat(bar.length()).as("seed %d: %s", seed, bar).isLessThanOrEqualTo(61);
            List<String> marks = new ArrayList<>();
            bar.chars().filter(Character::isLetter).forEach(c -> marks.add(Character.toString(c)));
            List<String> legend =
                    lines.stream()
                            .skip(1)
                            .filter(line -> !line.startsWith("="))
                            .map(line -> line.substring(0, 1))
                            .toList();
            assertThat(marks).as("seed %d", seed).isEqualTo(legend);
            assertThat(
                            lines.stream()
                                    .skip(1)
                                    .filter(line -> !line.startsWith("="))
                                    .map(line -> line.substring(11, 31)))
                    .isSortedAccordingTo(Comparator.naturalOrder());
        }
    }

    private static Optional<Integer> some(Random random, int most) {
        return random.nextInt(4) == 0
                ? Optional.empty()
                : Optional.of(random.nextInt(-most, most) % 700_000);
    }

    /// @param issued in days from now, like the others
    private static List<String> timeline(
            Optional<Integer> issued, Optional<Integer> exposed, Optional<Integer> expiry) {
        Optional<Instant> seen = exposed.map(TimelineTest::day);
        return Timeline.of(
                new Exposure(
                        ExposureState.VALID,
                        issued.map(TimelineTest::day),
                        Optional.empty(),
                        expiry.map(TimelineTest::day),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        TokenKind.UNKNOWN,
                        List.of(),
                        List.of(),
                        Privilege.UNKNOWN,
                        SubjectKind.UNKNOWN,
                        List.of(),
                        Forgeability.UNKNOWN,
                        false,
                        seen,
                        seen.map(when -> Duration.between(when, NOW))),
                NOW);
    }

    private static Instant day(int fromNow) {
        return NOW.plus(Duration.ofDays(fromNow));
    }
}
