package io.jwtrawl.rules;

import io.jwtrawl.rules.Needle.Probe;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Chooses for each needle which of its bytes to look for, and together with which other needles.
///
/// A bucket lets a byte through if some needle of it has one with the same low half there and some needle one with the
/// same high half. So needles that look alike belong together; which choice lets the fewest places of a text through is
/// found by putting each needle where it adds least, a few times over.
final class ProbeChooser {

    private static final int ROUNDS = 4;
    private static final int HALVES = 16;

    private final List<Choice> chosen = new ArrayList<>();

    /// What a bucket lets through.
    private static final class Halves {

        /// For each byte a set of low halves, and one of high halves.
        private final char[] low = new char[Probe.BYTES];

        private final char[] high = new char[Probe.BYTES];

        static Halves of(List<String> sets, int offset) {
            var halves = new Halves();
            for (int i = 0; i < Probe.BYTES; i++) {
                if (offset + i < sets.size()) {
                    for (char b : sets.get(offset + i).toCharArray()) {
                        halves.low[i] |= (char) (1 << (b & (HALVES - 1)));
                        halves.high[i] |= (char) (1 << (b >> 4));
                    }
                } else {
                    halves.low[i] = Character.MAX_VALUE;
                    halves.high[i] = Character.MAX_VALUE;
                }
            }
            return halves;
        }

        Halves with(Halves other) {
            var both = new Halves();
            for (int i = 0; i < Probe.BYTES; i++) {
                both.low[i] = (char) (low[i] | other.low[i]);
                both.high[i] = (char) (high[i] | other.high[i]);
            }
            return both;
        }

        /// Which share of the places of a text it lets through, if bytes were independent of one another.
        double share() {
            double share = 1;
            for (int i = 0; i < Probe.BYTES; i++) {
                double byteShare = 0;
                for (int b = 0; b < HALVES * HALVES; b++) {
                    if ((low[i] >> (b & (HALVES - 1)) & high[i] >> (b >> 4) & 1) != 0) {
                        byteShare += ByteFrequencies.of(b);
                    }
                }
                share *= byteShare;
            }
            return share;
        }
    }

    private record Choice(List<String> sets, Probe probe) {

        static Choice of(List<String> sets, int offset, int bucket) {
            return new Choice(sets, new Probe(offset, bucket));
        }

        Halves halves() {
            return Halves.of(sets, probe.offset());
        }
    }

    /// Chooses for `needles`, in order of importance, beside those that were chosen for before.
    ///
    /// @param needles each as what may stand at its positions
    List<Probe> choose(List<List<String>> needles) {
        int before = chosen.size();
        List<Integer> hardestFirst =
                IntStream.range(0, needles.size())
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> -leastShare(needles.get(i))))
                        .toList();
        Map<Integer, Choice> choices = new TreeMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (int i : hardestFirst) {
                choices.remove(i);
                choices.put(i, cheapest(needles.get(i), choices.values()));
            }
        }
        chosen.addAll(choices.values());
        return chosen.subList(before, chosen.size()).stream().map(Choice::probe).toList();
    }

    private static double leastShare(List<String> sets) {
        return offsets(sets)
                .mapToDouble(offset -> Halves.of(sets, offset).share())
                .min()
                .orElseThrow();
    }

    private static IntStream offsets(List<String> sets) {
        return IntStream.rangeClosed(0, Math.max(0, sets.size() - Probe.BYTES));
    }

    private Choice cheapest(List<String> sets, Collection<Choice> others) {
        Choice best = Choice.of(sets, 0, 0);
        double least = Double.MAX_VALUE;
        for (int bucket = 0; bucket < Probe.BUCKETS; bucket++) {
            Halves without = bucket(bucket, others);
            double share = without.share();
            for (int offset : offsets(sets).toArray()) {
                double added = without.with(Halves.of(sets, offset)).share() - share;
                if (added < least) {
                    least = added;
                    best = Choice.of(sets, offset, bucket);
                }
            }
        }
        return best;
    }

    private Halves bucket(int bucket, Collection<Choice> others) {
        var halves = new Halves();
        for (Choice choice : chosen) {
            if (choice.probe().bucket() == bucket) {
                halves = halves.with(choice.halves());
            }
        }
        for (Choice choice : others) {
            if (choice.probe().bucket() == bucket) {
                halves = halves.with(choice.halves());
            }
        }
        return halves;
    }
}
