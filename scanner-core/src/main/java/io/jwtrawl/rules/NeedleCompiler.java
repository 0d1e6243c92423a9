package io.jwtrawl.rules;

import io.jwtrawl.rules.Encoding.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Derives from the rules what the prefilter looks for: how each token begins, what that looks like in each disguise,
/// and what it looks like in one disguise inside another.
final class NeedleCompiler {

    /// How nearly every token begins, and nearly every payload: the one anchor that is worth looking for in disguises.
    static final String USUAL_ANCHOR = "eyJ";

    /// The two magic bytes of RFC 1952 and its only compression method.
    private static final String GZIP_MAGIC = "\u001f\u008b\b";

    private static final String BASE64 =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final String BASE64_URL = BASE64.replace("+/", "-_");

    /// What stands between two bytes of a hexadecimal dump.
    private static final List<String> HEX_SEPARATORS =
            List.of("", " ", ":", "-", ",", ", ", ",0x", ", 0x", " 0x");

    /// A position at which more different bytes may stand tells too little.
    private static final int MAX_SET = 8;

    /// Until one is chosen.
    private static final Needle.Probe NO_PROBE = new Needle.Probe(0, 0);

    private final List<TokenRule> tokens;
    private final List<Encoding> encodings;
    private final ProbeChooser probes = new ProbeChooser();

    NeedleCompiler(List<TokenRule> tokens, List<Encoding> encodings) {
        this.tokens = tokens;
        this.encodings = encodings;
    }

    /// For each position the bytes that may stand there.
    ///
    /// @param back how many bytes before the first position decoding must begin
    private record Pattern(List<String> sets, int back) {}

    /// The needles for blobs. Asked for first.
    List<Needle> outer() {
        Set<Needle> needles = new LinkedHashSet<>();
        for (TokenRule rule : tokens) {
            for (String text : rule.anchors()) {
                if (rule.header().isPresent()) {
                    needles.add(anchor(Needle.Kind.TOKEN, text));
                } else if (!text.contains(USUAL_ANCHOR)) {
                    needles.add(anchor(Needle.Kind.PREFIX, text));
                }
            }
            rule.innerAnchors().forEach(text -> needles.add(anchor(Needle.Kind.INNER, text)));
        }
        for (int i = 0; i < encodings.size(); i++) {
            Encoding encoding = encodings.get(i);
            for (Encoding.Gap gap : encoding.gaps()) {
                gap.escape().ifPresent(escape -> needles.add(escaped(escape)));
            }
            for (Pattern pattern : encode(encoding.kind(), sets(USUAL_ANCHOR))) {
                needles.add(encoded(pattern, i));
            }
            if (encoding.kind() == Kind.BASE64) {
                // Nothing stands before compressed content.
                needles.add(encoded(base64(sets(GZIP_MAGIC), 0), i));
            }
            for (Encoding inner : encodings) {
                for (Pattern inside : nested(encoding.kind(), inner.kind())) {
                    for (Pattern pattern : encode(encoding.kind(), inside.sets())) {
                        needles.add(encoded(pattern, i));
                    }
                }
            }
        }
        return withProbes(withPairs(needles));
    }

    /// What else to look for in text that was decoded: compressed content, which has no place in a plain file.
    List<Needle> inner() {
        List<Needle> needles = new ArrayList<>();
        for (int i = 0; i < encodings.size(); i++) {
            if (encodings.get(i).kind() == Kind.GZIP) {
                needles.add(encoded(new Pattern(sets(GZIP_MAGIC), 0), i));
            }
        }
        return withProbes(withPairs(needles));
    }

    /// Picks for each needle the pairs of bytes to look for, so that as few places of a text as possible have one.
    ///
    /// Short needles leave no choice and go first; longer ones use the same pairs where they have them. Those that are
    /// only looked for on request go last, lest others use pairs for their sake.
    private List<Needle> withPairs(Collection<Needle> needles) {
        Map<Needle, Needle> done = new LinkedHashMap<>();
        needles.forEach(needle -> done.put(needle, needle));
        Set<Integer> known = new HashSet<>();
        needles.stream()
                .sorted(Comparator.comparing(this::isOptIn).thenComparingInt(Needle::length))
                .forEach(needle -> done.put(needle, withPairs(needle, known)));
        return List.copyOf(done.values());
    }

    /// Those that are only looked for on request are placed where they disturb the others least.
    private List<Needle> withProbes(List<Needle> needles) {
        Map<Needle, Needle> done = new LinkedHashMap<>();
        needles.forEach(needle -> done.put(needle, needle));
        for (boolean optIn : new boolean[] {false, true}) {
            List<Needle> some =
                    needles.stream().filter(needle -> isOptIn(needle) == optIn).toList();
            List<Needle.Probe> chosen = probes.choose(some.stream().map(Needle::sets).toList());
            for (int i = 0; i < some.size(); i++) {
                done.put(some.get(i), some.get(i).with(chosen.get(i)));
            }
        }
        return List.copyOf(done.values());
    }

    private boolean isOptIn(Needle needle) {
        return needle.kind() == Needle.Kind.ENCODED && encodings.get(needle.target()).optIn();
    }

    private static Needle withPairs(Needle needle, Set<Integer> known) {
        if (needle.length() < Needle.STEP) {
            throw new IllegalArgumentException("a needle is too short: " + needle.sets());
        }
        List<Integer> positions = new ArrayList<>();
        for (int residue = 0; residue < Needle.STEP; residue++) {
            int best = residue;
            for (int i = residue; i < needle.length(); i += Needle.STEP) {
                if (cost(needle, i, known) < cost(needle, best, known)) {
                    best = i;
                }
            }
            positions.add(best);
            needle.pairsAt(best).forEach(known::add);
        }
        return new Needle(
                needle.kind(),
                needle.sets(),
                List.copyOf(positions),
                needle.probe(),
                needle.back(),
                needle.target());
    }

    /// How much of a text has a pair that is not `known` yet, if bytes were independent of one another.
    private static double cost(Needle needle, int position, Set<Integer> known) {
        return needle.pairsAt(position)
                .filter(pair -> !known.contains(pair))
                .mapToDouble(pair ->
                        ByteFrequencies.of(pair & 0xff) * ByteFrequencies.of(pair >> Byte.SIZE))
                .sum();
    }

    /// What stands inside `outer` where `inner` is wrapped in it, for the pairs that people make.
    private static List<Pattern> nested(Kind outer, Kind inner) {
        return switch (inner) {
            case BASE64 ->
                    outer == Kind.BASE64 || outer == Kind.HEX || outer == Kind.UTF_16
                            ? encode(inner, sets(USUAL_ANCHOR))
                            : List.of();
            case UTF_16 -> outer == Kind.BASE64 ? encode(inner, sets(USUAL_ANCHOR)) : List.of();
            case HEX ->
                    outer == Kind.BASE64
                            ? encode(inner, sets(USUAL_ANCHOR)).subList(0, 1)
                            : List.of();
            case GZIP -> outer == Kind.BASE64 ? List.of(base64(sets(GZIP_MAGIC), 0)) : List.of();
            case UTF_32, GAPS, ROT13, REVERSED, JSON_STRING -> List.of();
        };
    }

    private static List<Pattern> encode(Kind kind, List<String> sets) {
        return switch (kind) {
            case BASE64 -> List.of(base64(sets, 0), base64(sets, 1), base64(sets, 2));
            case HEX ->
                    HEX_SEPARATORS.stream()
                            .map(separator -> new Pattern(hex(sets, separator), 0))
                            .toList();
            case UTF_16 -> List.of(new Pattern(wide(sets, 2), 0));
            case UTF_32 -> List.of(new Pattern(wide(sets, 4), 0));
            case ROT13 ->
                    List.of(new Pattern(sets.stream().map(NeedleCompiler::rot13).toList(), 0));
            case REVERSED -> {
                // With what the anchor ends with read on by one, for `e` and anything is no rare
                // pair.
                List<String> longer = new ArrayList<>(sets);
                longer.add(BASE64_URL);
                yield List.of(new Pattern(longer.reversed(), 0));
            }
            case GAPS, GZIP, JSON_STRING -> List.of();
        };
    }

    /// What `sets` become in base64 if `before` other bytes stand before them in their group of three.
    private static Pattern base64(List<String> sets, int before) {
        List<String> encoded = new ArrayList<>();
        int bits = 8 * (before + sets.size());
        for (int bit = 0; bit < bits; bit += 6) {
            Set<Integer> values = new TreeSet<>();
            for (int first : bytesAt(sets, bit / 8 - before)) {
                for (int second : bytesAt(sets, bit / 8 + 1 - before)) {
                    values.add((first << 8 | second) >> (10 - bit % 8) & 0x3f);
                }
            }
            var characters = new StringBuilder();
            for (int value : values) {
                characters.append(BASE64.charAt(value));
                if (value >= 62) {
                    characters.append(BASE64_URL.charAt(value));
                }
            }
            encoded.add(characters.toString());
        }
        int from = 0;
        while (encoded.get(from).length() > MAX_SET) {
            from++;
        }
        int to = encoded.size();
        while (encoded.get(to - 1).length() > MAX_SET) {
            to--;
        }
        return new Pattern(List.copyOf(encoded.subList(from, to)), from);
    }

    private static List<Integer> bytesAt(List<String> sets, int index) {
        if (index >= 0 && index < sets.size()) {
            return sets.get(index).chars().boxed().toList();
        }
        List<Integer> all = new ArrayList<>();
        for (int b = 0; b < 256; b++) {
            all.add(b);
        }
        return all;
    }

    private static List<String> hex(List<String> sets, String separator) {
        List<String> digits = new ArrayList<>();
        for (String set : sets) {
            if (!digits.isEmpty()) {
                digits.addAll(sets(separator));
            }
            Set<Character> high = new TreeSet<>();
            Set<Character> low = new TreeSet<>();
            for (int b : set.chars().toArray()) {
                String text = String.format("%02x", b);
                bothCases(text.charAt(0), high);
                bothCases(text.charAt(1), low);
            }
            digits.add(join(high));
            digits.add(join(low));
        }
        return digits;
    }

    private static List<String> wide(List<String> sets, int unit) {
        List<String> wide = new ArrayList<>();
        for (String set : sets) {
            if (!wide.isEmpty()) {
                for (int i = 1; i < unit; i++) {
                    wide.add("\0");
                }
            }
            wide.add(set);
        }
        return wide;
    }

    private static String rot13(String set) {
        var rotated = new StringBuilder();
        for (int i = 0; i < set.length(); i++) {
            char c = set.charAt(i);
            char base = Character.isUpperCase(c) ? 'A' : 'a';
            rotated.append(Character.isLetter(c) ? (char) (base + (c - base + 13) % 26) : c);
        }
        return rotated.toString();
    }

    private static Needle escaped(Encoding.Escape escape) {
        List<String> sets = new ArrayList<>();
        for (int i = 0; i < USUAL_ANCHOR.length(); i++) {
            String number = escape.of(USUAL_ANCHOR.charAt(i));
            for (int j = 0; j < number.length(); j++) {
                char written = number.charAt(j);
                Set<Character> set = new TreeSet<>();
                bothCases(written, set);
                sets.add(escape.before().indexOf(written) >= 0 ? "" + written : join(set));
            }
        }
        return new Needle(Needle.Kind.ESCAPED, sets, List.of(), NO_PROBE, 0, 0);
    }

    private static Needle anchor(Needle.Kind kind, String anchor) {
        return new Needle(kind, anchorSets(anchor), List.of(), NO_PROBE, 0, 0);
    }

    private static Needle encoded(Pattern pattern, int encoding) {
        return new Needle(
                Needle.Kind.ENCODED, pattern.sets(), List.of(), NO_PROBE, pattern.back(), encoding);
    }

    private static void bothCases(char c, Set<Character> set) {
        set.add(c);
        set.add(Character.toString(c).toUpperCase(Locale.ROOT).charAt(0));
    }

    private static String join(Set<Character> set) {
        var joined = new StringBuilder();
        set.forEach(joined::append);
        return joined.toString();
    }

    private static List<String> sets(String text) {
        return text.chars().mapToObj(c -> String.valueOf((char) c)).toList();
    }

    /// What may stand at each position of an anchor, in which `[ab]` stands for one character of these.
    private static List<String> anchorSets(String anchor) {
        List<String> sets = new ArrayList<>();
        for (int i = 0; i < anchor.length(); i++) {
            int end = anchor.charAt(i) == '[' ? anchor.indexOf(']', i) : -1;
            sets.add(end < 0 ? anchor.substring(i, i + 1) : anchor.substring(i + 1, end));
            i = Math.max(i, end);
        }
        return sets;
    }
}
