package io.jwtrawl.rules;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What kind of place the bytes before a token tell of, where its path says little.
///
/// @param neighbours tried in order
public record NeighbourCatalogue(
        List<Neighbour> neighbours, List<Example> examples, List<Example> nonExamples) {

    /// One sign; letter case does not matter. It is seen if one of its patterns fits.
    ///
    /// @param run fits the characters right before the token, back to a blank, a quotation mark or the like
    /// @param line fits what stands before the token on its line
    /// @param before stands anywhere in what is looked at
    /// @param insteadOf contexts told by a path that this one replaces
    public record Neighbour(
            StorageContext context,
            List<Glob> run,
            List<Glob> line,
            List<String> before,
            List<StorageContext> insteadOf) {}

    /// @param path of the file; without one its context is unknown
    public record Example(String before, Optional<String> path, StorageContext context) {}

    /// So many bytes before a token are looked at. Detection keeps that many, so that the outcome does not depend on where
    /// its window ends.
    public static final int LOOKED_AT = 1024;

    private static final int MAX_LINE = 512;

    public NeighbourCatalogue {
        neighbours =
                neighbours.stream()
                        .map(neighbour ->
                                new Neighbour(
                                        neighbour.context(),
                                        neighbour.run().stream()
                                                .map(NeighbourCatalogue::folded)
                                                .toList(),
                                        neighbour.line().stream()
                                                .map(NeighbourCatalogue::folded)
                                                .toList(),
                                        neighbour.before().stream()
                                                .map(text -> text.toLowerCase(Locale.ROOT))
                                                .toList(),
                                        neighbour.insteadOf()))
                        .toList();
    }

    /// The contexts that `before` shows signs of.
    ///
    /// @param before up to [#LOOKED_AT] bytes right before the token, one character for each
    public Set<StorageContext> signsIn(String before) {
        String text = before.toLowerCase(Locale.ROOT);
        String line = lineOf(text);
        String run = runOf(line);
        boolean[] characters = charactersOf(text);
        EnumSet<StorageContext> seen = EnumSet.noneOf(StorageContext.class);
        for (Neighbour neighbour : neighbours) {
            if (!seen.contains(neighbour.context())
                    && fits(neighbour, text, characters, line, run)) {
                seen.add(neighbour.context());
            }
        }
        return seen.isEmpty() ? Set.of() : seen;
    }

    /// What a place is whose path tells of `context` and whose bytes show `signs`.
    public StorageContext refine(StorageContext context, Set<StorageContext> signs) {
        if (signs.isEmpty()) {
            return context;
        }
        for (Neighbour neighbour : neighbours) {
            if (signs.contains(neighbour.context()) && neighbour.insteadOf().contains(context)) {
                return neighbour.context();
            }
        }
        return context;
    }

    /// Which characters there are: most signs have one that is not there, and need not be looked for.
    private static boolean[] charactersOf(String text) {
        boolean[] characters = new boolean[256];
        for (int i = 0; i < text.length(); i++) {
            characters[text.charAt(i) & 0xff] = true;
        }
        return characters;
    }

    private static boolean mayHold(boolean[] characters, String sign) {
        for (int i = 0; i < sign.length(); i++) {
            if (!characters[sign.charAt(i) & 0xff]) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(
            Neighbour neighbour, String text, boolean[] characters, String line, String run) {
        for (Glob glob : neighbour.run()) {
            if (glob.matches(run)) {
                return true;
            }
        }
        for (Glob glob : neighbour.line()) {
            if (glob.matches(line)) {
                return true;
            }
        }
        for (String sign : neighbour.before()) {
            if (mayHold(characters, sign) && text.contains(sign)) {
                return true;
            }
        }
        return false;
    }

    private static String lineOf(String text) {
        int begin = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
        return text.substring(Math.max(begin, text.length() - MAX_LINE));
    }

    private static String runOf(String line) {
        int begin = line.length();
        while (begin > 0 && !endsRun(line.charAt(begin - 1))) {
            begin--;
        }
        return line.substring(begin);
    }

    private static boolean endsRun(char c) {
        return c <= ' ' || c == '"' || c == '\'' || c == '`' || c == '<' || c == '>';
    }

    private static Glob folded(Glob glob) {
        return Glob.of(glob.pattern().toLowerCase(Locale.ROOT));
    }
}
