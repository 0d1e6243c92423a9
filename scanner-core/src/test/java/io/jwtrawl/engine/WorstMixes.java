package io.jwtrawl.engine;

import io.jwtrawl.rules.Needle;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.rules.ShapeAutomaton;
import io.jwtrawl.testkit.Tokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/// Looks for texts that are slow to search: repeats one to three pieces of what tokens, their disguises and all gaps and
/// needles of the rules are made of, and prints the mixes that are slowest.
///
/// Not a test. [WorstCases] has those of them that taught something.
final class WorstMixes {

    private static final RuleSet RULES = RuleSet.builtIn();
    private static final String HEADER = "eyJhbGciOiJIUzI1NiJ9";

    private static final List<String> PIECES =
            List.of(
                    "eyJ",
                    HEADER,
                    HEADER + ".",
                    HEADER + ".eyJ",
                    HEADER + ".eyJzdWIiOiJ0ZXN0In0",
                    HEADER + ".eyJzdWIiOiJ0ZXN0In0.",
                    "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ0ZXN0In0.",
                    "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..",
                    "eyJhIjoi",
                    ".eyJ",
                    ".",
                    "..",
                    "~",
                    "=",
                    "_",
                    "-",
                    "A",
                    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                    "***",
                    "\"",
                    "'",
                    "\\",
                    "\\\"",
                    " ",
                    "\n",
                    ":",
                    ",",
                    ";",
                    "{",
                    "}",
                    "[",
                    "{\"payload\":\"",
                    "\"protected\":\"",
                    "{\\\"payload\\\":\\\"",
                    "\"signature\":\"",
                    "H4sIAAAA",
                    "\u00ff\u00fe",
                    "\u0000");

    private final Random random;

    private WorstMixes(Random random) {
        this.random = random;
    }

    private record Slow(String unit, double speed) {}

    /// @param arguments a folder of sources, how many mixes to try, and a seed
    public static void main(String[] arguments) throws IOException, InterruptedException {
        byte[] usual = SearchSpeed.sourceText(Path.of(arguments[0]));
        double usualSpeed = 0;
        for (int i = 0; i < 10; i++) {
            usualSpeed = Math.max(usualSpeed, SearchSpeed.measure(usual, 64));
        }
        System.out.printf("usual: %.0f MB/s%n", usualSpeed);
        var mixes = new WorstMixes(new Random(Long.parseLong(arguments[2])));
        List<Slow> slow = new ArrayList<>();
        for (int i = Integer.parseInt(arguments[1]); i > 0; i--) {
            String unit = mixes.unit();
            byte[] text = latin(unit.repeat(Math.max(1, SearchSpeed.MIB / 4 / unit.length())));
            double speed = SearchSpeed.measure(text, 1);
            if (speed < usualSpeed / 4) {
                speed = SearchSpeed.measure(text, 4);
            }
            slow.add(new Slow(unit, speed));
        }
        slow.sort((a, b) -> Double.compare(a.speed, b.speed));
        for (Slow one : slow.subList(0, Math.min(60, slow.size()))) {
            System.out.printf(
                    "%8.1f MB/s %6.3f of usual  %s%n",
                    one.speed, one.speed / usualSpeed, shown(one.unit));
        }
        for (int quantile : List.of(1, 5, 10, 25, 50)) {
            double speed = slow.get(slow.size() * quantile / 100).speed;
            System.out.printf("%d %% are below %.1f MB/s%n", quantile, speed);
        }
    }

    private String unit() {
        var unit = new StringBuilder();
        for (int pieces = 1 + random.nextInt(3); pieces > 0; pieces--) {
            unit.append(piece());
        }
        return unit.toString();
    }

    private String piece() {
        return switch (random.nextInt(8)) {
            case 0, 1 -> gap(RULES.detection().gaps());
            case 2 -> needle();
            case 3 -> encoded(one(PIECES) + one(PIECES));
            case 4 -> Tokens.any(random.nextInt());
            default -> one(PIECES);
        };
    }

    /// A random walk to where some gap ends.
    private String gap(ShapeAutomaton gaps) {
        while (true) {
            var text = new StringBuilder();
            int state = ShapeAutomaton.START;
            while (text.length() < 80) {
                char next = random.nextInt(4) == 0 ? '\n' : (char) (' ' + random.nextInt(95));
                int after = gaps.step(state, (byte) next);
                if (after == ShapeAutomaton.DEAD) {
                    if (random.nextInt(400) == 0) {
                        break;
                    }
                    continue;
                }
                state = after;
                text.append(next);
                if (gaps.accepts()[state] != 0 && random.nextInt(3) == 0) {
                    return text.toString();
                }
            }
        }
    }

    private String needle() {
        Needle needle = one(RULES.needles());
        var text = new StringBuilder();
        for (String set : needle.sets()) {
            text.append(set.charAt(random.nextInt(set.length())));
        }
        return text.toString();
    }

    private String encoded(String text) {
        return switch (random.nextInt(6)) {
            case 0, 1 ->
                    Base64.getEncoder()
                            .encodeToString(latin("  ".substring(random.nextInt(3)) + text));
            case 2 -> HexFormat.of().formatHex(latin(text));
            case 3 -> HexFormat.of().withPrefix("%").formatHex(latin(text));
            case 4 -> HexFormat.of().withPrefix("\\u00").formatHex(latin(text));
            default ->
                    new String(
                            text.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1);
        };
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static String shown(String unit) {
        byte[] bytes = latin(unit);
        var text = new StringBuilder();
        for (byte b : Arrays.copyOf(bytes, Math.min(bytes.length, 160))) {
            text.append(
                    b >= ' ' && b != 0x7f
                            ? String.valueOf((char) b)
                            : "\\x%02x".formatted(b & 0xff));
        }
        return text.append(bytes.length > 160 ? "…" : "").toString();
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
