package io.jwtrawl.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.testkit.GitRepo;
import io.jwtrawl.testkit.HandmadePack;
import io.jwtrawl.testkit.Tokens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Packs that Git would not write. Each holds a good blob with a token too, which must be found all the same. The time
/// limit is there for what would never end.
@Timeout(300)
class HostilePackTest {

    private static final byte[] TOKEN = bytes(Tokens.any(1) + "\n");
    private static final byte[] OTHER = bytes(Tokens.any(2) + "\n");
    private static final long FOUR_GIB = 4L << 30;

    /// More than is held in memory at once.
    private static final int LARGE = 33 << 20;

    @TempDir Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init") // before each test
    private GitRepo repo;

    private final HandmadePack pack = new HandmadePack();
    private final List<String> blobs = new ArrayList<>();
    private int packs;

    @BeforeEach
    void makeRepository() {
        repo = GitRepo.init(folder.resolve("repo"), "--bare");
        blob(TOKEN);
    }

    @Test
    void namesABlobThatClaimsToHaveFourGibibytes() {
        String id = made("liar");
        pack.add(id, HandmadePack.BLOB, FOUR_GIB, new byte[0], HandmadePack.deflated(OTHER));
        assertThat(incidents()).singleElement().asString().contains(id).contains("another size");
    }

    @Test
    void namesADeltaThatClaimsToMakeFourGibibytes() {
        String id = made("liar");
        pack.addDelta(
                id, blob(OTHER), new byte[] {(byte) OTHER.length, 1, -128, -128, -128, -128, 16});
        assertThat(incidents()).singleElement().asString().contains(id);
    }

    @Test
    void namesContentThatIsLongerOrShorterThanItsHeaderSays() {
        String longer = made("longer");
        pack.add(longer, HandmadePack.BLOB, 5, new byte[0], HandmadePack.deflated(OTHER));
        String shorter = made("shorter");
        pack.add(shorter, HandmadePack.BLOB, 5000, new byte[0], HandmadePack.deflated(OTHER));
        assertThat(incidents())
                .hasSize(2)
                .allMatch(text -> text.contains("another size"))
                .anyMatch(text -> text.contains(longer))
                .anyMatch(text -> text.contains(shorter));
    }

    @Test
    void namesWhatZlibCannotRead() {
        String id = made("broken");
        byte[] compressed = HandmadePack.deflated(new byte[5000]);
        Arrays.fill(compressed, 5, compressed.length, (byte) 0x55);
        long offset = pack.add(id, HandmadePack.BLOB, 5000, new byte[0], compressed);
        String child = made("child");
        pack.addDelta(child, offset, HandmadePack.growing(5000, 5000, OTHER));
        assertThat(incidents())
                .hasSize(2)
                .anyMatch(text -> text.contains(id) && text.contains("broken"))
                .anyMatch(text -> text.contains(child));
    }

    @Test
    void namesDeltasThatLeadToThemselves() {
        String a = made("a");
        String b = made("b");
        byte[] delta = HandmadePack.growing(100, 100, OTHER);
        pack.addDelta(a, b, delta);
        pack.addDelta(b, a, delta);
        assertThat(incidents())
                .hasSize(2)
                .allMatch(text -> text.contains("leads to no whole object"))
                .anyMatch(text -> text.contains(a))
                .anyMatch(text -> text.contains(b));
    }

    @Test
    void namesDeltasThatLeadToThemselvesThroughAnotherPack() {
        String a = made("a");
        String b = made("b");
        byte[] delta = HandmadePack.growing(100, 100, OTHER);
        pack.addDelta(a, b, delta);
        var other = new HandmadePack();
        other.addDelta(b, a, delta);
        write(other);
        assertThat(incidents())
                .hasSize(2)
                .anyMatch(text -> text.contains(a))
                .anyMatch(text -> text.contains(b));
    }

    @Test
    void readsDeltasAgainstObjectsOfOtherPacksAndLooseOnes() {
        byte[] base = bytes("a line\n".repeat(100));
        var other = new HandmadePack();
        String baseId = HandmadePack.id("blob", base);
        other.add(baseId, HandmadePack.BLOB, base);
        write(other);
        String inPack = made("against a packed one");
        pack.addDelta(inPack, baseId, HandmadePack.growing(base.length, 500, OTHER));
        repo.shell("printf '%s' '" + "b".repeat(300) + "' > ../loose");
        String loose = repo.git("hash-object", "-w", "../loose").strip();
        String inFile = made("against a loose one");
        byte[] third = bytes(Tokens.any(3) + "\n");
        pack.addDelta(inFile, loose, HandmadePack.growing(300, 400, third));
        assertThat(incidents(TOKEN, OTHER, third)).isEmpty();
    }

    @Test
    void namesADeltaAgainstNothing() {
        String id = made("orphan");
        pack.addDelta(id, "ab".repeat(20), HandmadePack.growing(100, 100, OTHER));
        assertThat(incidents()).singleElement().asString().contains(id).contains("missing");
    }

    @Test
    void namesADeltaAgainstWhereNoEntryBegins() {
        String id = made("between");
        pack.addDelta(id, 13, HandmadePack.growing(100, 100, OTHER));
        assertThat(incidents()).singleElement().asString().contains(id);
    }

    @Test
    void namesDeltasThatReachOutside() {
        long base = blob(OTHER);
        byte size = (byte) OTHER.length;
        List<byte[]> deltas =
                List.of(
                        new byte[] {},
                        new byte[] {size},
                        new byte[] {1, 5, 5, 'a', 'b', 'c', 'd', 'e'},
                        new byte[] {size, 1, 10, 5, 'a', 'b'},
                        new byte[] {size, 1, 2, 5, 'a', 'b', 'c', 'd', 'e'},
                        new byte[] {size, 1, 10, (byte) 0x9f, -1, -1, -1, -1, 10},
                        new byte[] {size, 1, 10, (byte) 0x80},
                        new byte[] {size, 1, 10, (byte) 0xff, 0},
                        new byte[] {size, 1, 10, 0},
                        new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1, 10});
        for (byte[] delta : deltas) {
            pack.addDelta(made(Arrays.toString(delta)), base, delta);
        }
        assertThat(incidents()).hasSize(deltas.size());
    }

    @Test
    void followsAVeryLongChain() {
        byte[] content = bytes("start\n".repeat(50));
        long at = blob(content);
        int size = content.length;
        for (int i = 0; i < 20_000; i++) {
            byte[] end = i == 19_999 ? OTHER : bytes("link " + i + "\n");
            int grown = Math.min(size, 600) + end.length;
            at = pack.addDelta(made("link " + i), at, HandmadePack.growing(size, grown, end));
            size = grown;
        }
        assertThat(incidents(TOKEN, OTHER)).isEmpty();
    }

    @Test
    void searchesWhatIsMadeFromAnObjectTooLargeToBeHeld() {
        byte[] large = new byte[LARGE];
        new Random(1).nextBytes(large);
        long base = blob(large);
        long larger =
                pack.addDelta(
                        made("larger"), base, HandmadePack.growing(LARGE, LARGE + 1000, OTHER));
        byte[] third = bytes(Tokens.any(3) + "\n");
        pack.addDelta(
                made("largest"), larger, HandmadePack.growing(LARGE + 1000, LARGE + 5000, third));
        byte[] fourth = bytes(Tokens.any(4) + "\n");
        long small =
                pack.addDelta(
                        made("small"), larger, HandmadePack.growing(LARGE + 1000, 2000, fourth));
        byte[] fifth = bytes(Tokens.any(5) + "\n");
        pack.addDelta(made("smaller"), small, HandmadePack.growing(2000, 1000, fifth));
        byte[] sixth = bytes(Tokens.any(6) + "\n");
        long few = blob(bytes("few\n".repeat(1000)));
        pack.addDelta(made("many"), few, HandmadePack.growing(4000, LARGE, sixth));
        assertThat(incidents(TOKEN, OTHER, third, fourth, fifth, sixth)).isEmpty();
    }

    @Test
    void namesAPackWhoseIndexIsNoGood() throws IOException {
        byte[] good = bytes(Tokens.any(7) + "\n");
        var other = new HandmadePack();
        String id = HandmadePack.id("blob", good);
        other.add(id, HandmadePack.BLOB, good);
        blobs.add(id);
        write(other);
        Path index = repo.folder().resolve("objects/pack/pack-0.idx");
        byte[] bytes = Files.readAllBytes(index);
        for (int length : new int[] {0, 7, 8, 1031, 1032, bytes.length - 1}) {
            Files.write(index, Arrays.copyOf(bytes, length));
            assertThat(incidents()).anyMatch(text -> text.contains("pack-0.pack"));
        }
        byte[] shuffled = bytes.clone();
        shuffled[8] = 0x7f;
        Files.write(index, shuffled);
        assertThat(incidents()).anyMatch(text -> text.contains("fan-out"));
    }

    @Test
    void namesAPackThatIsCutOff() throws IOException {
        var other = new HandmadePack();
        byte[] content = new byte[100_000];
        new Random(2).nextBytes(content);
        String id = HandmadePack.id("blob", content);
        other.add(id, HandmadePack.BLOB, content);
        blobs.add(id);
        write(other);
        try (var file =
                new RandomAccessFile(
                        repo.folder().resolve("objects/pack/pack-0.pack").toFile(), "rw")) {
            file.setLength(50_000);
        }
        assertThat(incidents()).singleElement().asString().contains(id).contains("cut off");
        try (var file =
                new RandomAccessFile(
                        repo.folder().resolve("objects/pack/pack-0.pack").toFile(), "rw")) {
            file.setLength(5);
        }
        assertThat(incidents()).anyMatch(text -> text.contains("pack-0.pack"));
    }

    @Test
    void usesAnotherCopyOfWhatIsBroken() {
        String id = HandmadePack.id("blob", OTHER);
        pack.add(id, HandmadePack.BLOB, OTHER.length, new byte[0], new byte[] {1, 2, 3});
        blobs.add(id);
        var other = new HandmadePack();
        other.add(id, HandmadePack.BLOB, OTHER);
        write(other);
        assertThat(incidents(TOKEN, OTHER)).isEmpty();
    }

    @Test
    void endsWhereATreeHoldsItself() {
        // No hash could be met so; whoever writes an index writes what he likes.
        String tree = made("tree that holds itself");
        blobs.removeLast();
        pack.add(
                tree,
                HandmadePack.TREE,
                joined(
                        bytes("40000 a\0"),
                        raw(tree),
                        bytes("40000 b\0"),
                        raw(tree),
                        bytes("100644 token\0"),
                        raw(HandmadePack.id("blob", TOKEN))));
        ref("loop", pack.commit(tree));
        assertThat(incidents()).anyMatch(text -> text.contains("holds itself"));
    }

    @Test
    void takesNoCommitForATreeThatATreeNames() {
        String commit = pack.commit(blobs);
        byte[] content = joined(bytes("40000 a\0"), raw(commit));
        String tree = HandmadePack.id("tree", content);
        pack.add(tree, HandmadePack.TREE, content);
        ref("odd", pack.commit(tree));
        assertThat(incidents()).isEmpty();
        assertThat(GitScans.committed(GitScans.history(repo.folder()).findings().getFirst()).path())
                .isEqualTo("000000");
    }

    @Test
    void namesThatLeadOutOfTheFolderAreOnlyNames() throws IOException {
        byte[] content =
                joined(
                        bytes("100644 ../../out.txt\0"),
                        raw(blobs.getFirst()),
                        bytes("100644 .git/config\0"),
                        raw(blobs.getFirst()),
                        bytes("100644 ..\0"),
                        raw(blobs.getFirst()),
                        bytes("100644 /etc/passwd\0"),
                        raw(blobs.getFirst()),
                        bytes("100644 \0"),
                        raw(blobs.getFirst()));
        String tree = HandmadePack.id("tree", content);
        pack.add(tree, HandmadePack.TREE, content);
        ref("main", pack.commit(tree));
        pack.write(repo.folder().resolve("objects/pack"), "main");
        ScanReport report = GitScans.history(repo.folder());
        assertThat(report.findings())
                .extracting(finding -> GitScans.committed(finding).path())
                .containsExactlyInAnyOrder("../../out.txt", ".git/config", "..", "/etc/passwd", "");
        assertThat(repo.folder().resolve("../../out.txt")).doesNotExist();
    }

    /// The id of a blob whose content nobody will check, which is in the tree that is searched.
    private String made(String name) {
        String id = HandmadePack.id("blob", bytes(name));
        blobs.add(id);
        return id;
    }

    private long blob(byte[] content) {
        String id = HandmadePack.id("blob", content);
        blobs.add(id);
        return pack.add(id, HandmadePack.BLOB, content);
    }

    private void write(HandmadePack other) {
        other.write(repo.folder().resolve("objects/pack"), String.valueOf(packs++));
    }

    /// What is said of a history whose one commit has all blobs, after making sure that the good token is found.
    private List<String> incidents() {
        return incidents(TOKEN);
    }

    private List<String> incidents(byte[]... tokens) {
        ref("main", pack.commit(blobs));
        pack.write(repo.folder().resolve("objects/pack"), "main");
        ScanReport report = GitScans.history(repo.folder());
        assertThat(report.findings())
                .extracting(GitScans::token)
                .contains(
                        Arrays.stream(tokens)
                                .map(token -> new String(token, StandardCharsets.US_ASCII).strip())
                                .toArray(String[]::new));
        assertThat(report.interrupted()).isFalse();
        return report.incidents().stream()
                .map(incident -> incident.where().display() + ": " + incident.what())
                .toList();
    }

    private void ref(String name, String id) {
        try {
            Files.writeString(repo.folder().resolve("refs/heads/" + name), id + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] raw(String id) {
        return HexFormat.of().parseHex(id);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] joined(byte[]... parts) {
        var joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
