package io.jwtrawl.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;

/// Files with one made-up token each, in every form and every carrier, and files with none. The same seed always gives
/// the same files.
final class Corpus {

    static final long SEED = 4;

    /// Rows whose tokens are known not to be found, and why. There is none now.
    private static final Map<String, String> KNOWN_GAPS = Map.of();

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;
    private final long seed;
    private final List<Planted> planted = new ArrayList<>();

    private Corpus(Path folder, long seed) {
        this.folder = folder;
        this.seed = seed;
    }

    /// Writes the files below `folder`, and what is in them into `truth`, one JSON object a line.
    static List<Planted> write(Path folder, Path truth, long seed) throws IOException {
        var corpus = new Corpus(folder, seed);
        corpus.forms();
        corpus.carriers();
        corpus.decoys();
        var lines = new StringBuilder();
        for (Planted file : corpus.planted) {
            lines.append(JSON.writeValueAsString(file)).append('\n');
        }
        Files.writeString(truth, lines);
        return List.copyOf(corpus.planted);
    }

    private void forms() throws IOException {
        for (Form form : Forms.all()) {
            for (int i = 0; i < form.instances(); i++) {
                Random random = random(form.name(), i);
                MadeUp token = form.maker().make(random, i);
                String text =
                        Lines.log(random)
                                + "\ntoken = "
                                + token.text()
                                + "\n"
                                + Lines.log(random)
                                + "\n";
                add(
                        Planted.Table.FORMS,
                        form.name(),
                        i + ".txt",
                        Carrier.Kind.USUAL,
                        token.ids(),
                        text.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private void carriers() throws IOException {
        for (Carrier carrier : Carriers.all()) {
            for (int i = 0; i < Carrier.INSTANCES; i++) {
                Random random = random(carrier.name(), i);
                MadeUp token = carrier.tokens().make(random, i);
                add(
                        Planted.Table.CARRIERS,
                        carrier.name(),
                        i + "." + carrier.extension(),
                        carrier.kind(),
                        token.ids(),
                        carrier.disguise().hide(token.text(), random));
            }
        }
    }

    private void decoys() throws IOException {
        for (Decoys.Decoy decoy : Decoys.all()) {
            for (int i = 0; i < Decoys.INSTANCES; i++) {
                add(
                        Planted.Table.DECOYS,
                        decoy.name(),
                        i + "." + decoy.extension(),
                        Carrier.Kind.USUAL,
                        List.of(),
                        decoy.maker()
                                .make(random(decoy.name(), i))
                                .getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private void add(
            Planted.Table table,
            String row,
            String name,
            Carrier.Kind kind,
            List<String> ids,
            byte[] content)
            throws IOException {
        String parent = table.name().toLowerCase(Locale.ROOT) + "/" + folderName(row);
        Files.createDirectories(folder.resolve(parent));
        Files.write(folder.resolve(parent).resolve(name), content);
        planted.add(
                new Planted(
                        parent + "/" + name,
                        table,
                        row,
                        kind,
                        ids,
                        KNOWN_GAPS.getOrDefault(row, "")));
    }

    /// A generator of each file's own, so that a new row leaves the others as they are.
    private Random random(String row, int instance) {
        return new Random(seed * 31 * 31 + row.hashCode() * 31L + instance);
    }

    private static String folderName(String row) {
        var name = new StringBuilder();
        for (int i = 0; i < row.length(); i++) {
            char c = row.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                name.append(Character.toLowerCase(c));
            } else if (c != ' ') {
                name.append(Integer.toHexString(c));
            } else {
                name.append('-');
            }
        }
        return name.toString();
    }
}
