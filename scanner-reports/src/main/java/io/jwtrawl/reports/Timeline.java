package io.jwtrawl.reports;

import io.jwtrawl.classify.Durations;
import io.jwtrawl.classify.Exposure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// A token's life on one line: when it was issued, exposed and so on, in the right order and roughly to scale, and from
/// when to when it was both exposed and valid.
final class Timeline {

    private static final int WIDTH = 60;

    private record Moment(char mark, String what, Instant when) {}

    private final List<Moment> moments = new ArrayList<>();
    private final Exposure exposure;
    private final Instant now;

    private Timeline(Exposure exposure, Instant now) {
        this.exposure = exposure;
        this.now = now;
        exposure.issuedAt().ifPresent(when -> moments.add(new Moment('I', "issued", when)));
        exposure.notBefore()
                .filter(when -> !exposure.issuedAt().equals(exposure.notBefore()))
                .ifPresent(when -> moments.add(new Moment('B', "begins", when)));
        exposure.firstSeen().ifPresent(when -> moments.add(new Moment('E', "exposed", when)));
        moments.add(new Moment('N', "now", now));
        exposure.expiresAt().ifPresent(when -> moments.add(new Moment('X', "expires", when)));
        moments.sort(Comparator.comparing(Moment::when));
    }

    /// Lines of ASCII; none if there is nothing to compare.
    ///
    /// @param now the instant at which the token was judged
    static List<String> of(Exposure exposure, Instant now) {
        var timeline = new Timeline(exposure, now);
        return timeline.moments.size() < 2 ? List.of() : timeline.lines();
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(bar());
        for (Moment moment : moments) {
            lines.add(
                    String.format(
                                    Locale.ROOT,
                                    "%c %-8s %s  %s",
                                    moment.mark(),
                                    moment.what(),
                                    FindingJson.rfc3339(moment.when()),
                                    moment.mark() == 'N' ? "" : distance(moment.when(), now))
                            .stripTrailing());
        }
        exposure.exposedWhileValid()
                .filter(Duration::isPositive)
                .ifPresent(exposed ->
                        lines.add("= exposed and valid for " + Durations.inWords(exposed)));
        return lines;
    }

    private String bar() {
        int[] columns = columns();
        char[] bar = new char[WIDTH];
        Arrays.fill(bar, '-');
        for (int i = 0; i < moments.size(); i++) {
            int end = i + 1 < moments.size() ? columns[i + 1] : WIDTH;
            if (isExposedAndValidBehind(i)) {
                Arrays.fill(bar, columns[i], end, '=');
            }
        }
        for (int i = 0; i < moments.size(); i++) {
            bar[columns[i]] = moments.get(i).mark();
        }
        int last = columns[moments.size() - 1];
        boolean goesOn = exposure.expiresAt().isEmpty();
        return new String(bar, 0, goesOn ? WIDTH : last + 1) + (goesOn ? ">" : "");
    }

    /// Between this moment and the next.
    private boolean isExposedAndValidBehind(int index) {
        Instant begin = moments.get(index).when();
        return begin.isBefore(now)
                && exposure.firstSeen().filter(seen -> !seen.isAfter(begin)).isPresent()
                && exposure.issuedAt().filter(begin::isBefore).isEmpty()
                && exposure.notBefore().filter(begin::isBefore).isEmpty()
                && exposure.expiresAt().filter(expiry -> !expiry.isAfter(begin)).isEmpty();
    }

    /// To scale, but each moment in a column of its own.
    private int[] columns() {
        long from = moments.getFirst().when().getEpochSecond();
        double span = Math.max(1, (double) moments.getLast().when().getEpochSecond() - from);
        // What never expires goes on behind the last moment.
        int right = exposure.expiresAt().isEmpty() ? WIDTH * 3 / 4 : WIDTH - 1;
        int[] columns = new int[moments.size()];
        for (int i = 0; i < columns.length; i++) {
            double part = (moments.get(i).when().getEpochSecond() - (double) from) / span;
            columns[i] = (int) Math.round(part * right);
        }
        for (int i = 1; i < columns.length; i++) {
            columns[i] = Math.max(columns[i], columns[i - 1] + 1);
        }
        for (int i = columns.length - 1, most = right; i >= 0; i--, most--) {
            columns[i] = Math.min(columns[i], most);
        }
        return columns;
    }

    static String distance(Instant moment, Instant now) {
        Duration distance = Duration.between(now, moment);
        return distance.isNegative()
                ? Durations.inWords(distance) + " ago"
                : "in " + Durations.inWords(distance);
    }
}
