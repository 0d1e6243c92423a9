package io.jwtrawl.files.unpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.rules.StorageContext;
import io.jwtrawl.testkit.Tokens;
import io.jwtrawl.testkit.Tries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What SQLite wrote is read without it.
@SuppressWarnings("StringConcatToTextBlock") // lines as files have them, with tokens between
class SqliteTest {

    @TempDir Path folder = Path.of("");

    @BeforeEach
    void needsSqlite() {
        assumeTrue(Programs.isThere("sqlite3"));
    }

    /// A token with so much around it that a value is `length` bytes long or a little more.
    private static String padded(String token, int length, Random random) {
        int before = length == 0 ? 0 : random.nextInt(length);
        return "words ".repeat(before / 6 + 1) + token + " words".repeat((length - before) / 6 + 1);
    }

    private void run(Path database, String script) {
        try {
            Path file = folder.resolve("script.sql");
            Files.writeString(file, script);
            Programs.run(folder, "sqlite3 -bail '" + database + "' < script.sql");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// For each token that was found, where: `inner`, and how often if not once.
    private static Map<String, String> found(ScanReport report) {
        var found = new TreeMap<String, String>();
        for (Finding finding : report.findings()) {
            found.merge(
                    new String(finding.sighting().token().text().reveal(), StandardCharsets.UTF_8),
                    String.join("!", finding.inner()),
                    (one, other) -> one + " and " + other);
        }
        return found;
    }

    @Test
    void findsEveryColumnOfRandomDatabasesOnce() throws IOException {
        Path scanned = Files.createDirectory(folder.resolve("scanned"));
        Tries.run(
                20,
                random -> {
                    try {
                        Path database = scanned.resolve("some.db");
                        Files.deleteIfExists(database);
                        var planted = new TreeMap<String, String>();
                        run(database, RandomSchema.script(random, planted));
                        ScanReport report = Unpacked.scan(scanned);
                        assertThat(Unpacked.incidents(report)).isEmpty();
                        Map<String, String> found = found(report);
                        // What SQLite moved and did not overwrite to its end is what is left of a
                        // token.
                        found.entrySet()
                                .removeIf(entry ->
                                        !planted.containsKey(entry.getKey())
                                                && entry.getValue().startsWith("free space"));
                        assertThat(found).isEqualTo(planted);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    /// Tables as SQLite lets people make them.
    private static final class RandomSchema {
        private final Random random;
        private final Map<String, String> planted;
        private final StringBuilder script = new StringBuilder();
        private final int pageSize;
        private long seed;

        private RandomSchema(Random random, Map<String, String> planted) {
            this.random = random;
            this.planted = planted;
            pageSize = 512 << random.nextInt(8);
            seed = random.nextInt(1_000_000) * 1000L;
        }

        static String script(Random random, Map<String, String> planted) {
            var schema = new RandomSchema(random, planted);
            schema.write();
            return schema.script.toString();
        }

        private void write() {
            script.append("PRAGMA page_size=").append(pageSize).append(";\nPRAGMA encoding='");
            script.append(List.of("UTF-8", "UTF-16le", "UTF-16be").get(random.nextInt(3)));
            script.append("';\nPRAGMA auto_vacuum=").append(random.nextInt(3)).append(";\n");
            for (int i = 0; i < 3; i++) {
                numbered("t" + i);
                unnumbered("w" + i);
            }
            if (random.nextBoolean()) {
                script.append("VACUUM;\n");
            }
        }

        private String value(String name) {
            String token = Tokens.any(seed++);
            planted.put(token, name);
            String text =
                    padded(
                            token,
                            random.nextInt(4) == 0 ? random.nextInt(3 * pageSize) : 0,
                            random);
            return random.nextBoolean()
                    ? "'" + text + "'"
                    : "x'" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)) + "'";
        }

        private void numbered(String name) {
            script.append("CREATE TABLE \"")
                    .append(name)
                    .append("\" (id INTEGER PRIMARY KEY, -- a (comment, here\n")
                    .append(" n REAL DEFAULT (1+2), [odd \"name] TEXT CHECK(1 IN (1,2)),")
                    .append(" twice AS (n * 2), \"b,c\" BLOB /* ) */, extra);\n");
            if (random.nextBoolean()) {
                script.append("CREATE INDEX i").append(name).append(" ON ").append(name);
                script.append("([odd \"name], n);\n");
            }
            int rows = 1 + random.nextInt(60);
            long id = random.nextInt(1000);
            script.append("BEGIN;\n");
            for (int i = 0; i < rows; i++) {
                id += 1 + random.nextInt(1 << random.nextInt(20));
                script.append("INSERT INTO ").append(name).append(" VALUES(").append(id);
                script.append(',').append(i).append(".5,");
                script.append(value(name + ".odd \"name#" + id)).append(',');
                script.append(value(name + ".b,c#" + id)).append(",'short');\n");
            }
            script.append("COMMIT;\n");
        }

        private void unnumbered(String name) {
            script.append("CREATE TABLE ")
                    .append(name)
                    .append("(v TEXT, a INT, k TEXT, PRIMARY KEY(k COLLATE NOCASE, a DESC))")
                    .append(" WITHOUT ROWID;\nBEGIN;\n");
            for (int i = 0; i < 1 + random.nextInt(60); i++) {
                script.append("INSERT INTO ").append(name).append(" VALUES(");
                script.append(value(name + ".v#k" + i + "," + (i - 7))).append(',');
                script.append(i - 7).append(",'k").append(i).append("');\n");
            }
            script.append("COMMIT;\n");
        }
    }

    @Test
    void findsWhatWasDeleted() throws IOException {
        Path scanned = Files.createDirectory(folder.resolve("scanned"));
        for (int size : new int[] {10, 800, 9000}) {
            Path database = scanned.resolve("d" + size + ".db");
            var script = new StringBuilder("PRAGMA secure_delete=OFF; CREATE TABLE t(v);\n");
            for (int i = 0; i < 40; i++) {
                script.append("INSERT INTO t VALUES('")
                        .append(padded(Tokens.any(size * 100L + i), size, new Random(i)))
                        .append("');\n");
            }
            script.append("DELETE FROM t WHERE rowid IN (7, 21);\n");
            run(database, script.toString());
        }
        ScanReport report = Unpacked.scan(scanned);
        assertThat(Unpacked.incidents(report)).isEmpty();
        Map<String, String> found = found(report);
        assertThat(found).hasSize(120);
        for (int size : new int[] {10, 800, 9000}) {
            assertThat(found.get(Tokens.any(size * 100L + 6)))
                    .contains("page")
                    .doesNotContain(" and ");
            assertThat(found.get(Tokens.any(size * 100L + 20))).contains("page");
            assertThat(found.get(Tokens.any(size * 100L + 8))).isEqualTo("t.v#9");
        }
        assertThat(report.findings())
                .allSatisfy(finding ->
                        assertThat(finding.classification().context())
                                .isEqualTo(StorageContext.DATABASE));
    }

    @Test
    void findsTheRowsOfATableThatWasDropped() throws IOException {
        Path scanned = Files.createDirectory(folder.resolve("scanned"));
        var script =
                new StringBuilder(
                        "PRAGMA secure_delete=OFF; CREATE TABLE keep(x); CREATE TABLE t(v);\n");
        for (int i = 0; i < 30; i++) {
            script.append("INSERT INTO t VALUES('")
                    .append(padded(Tokens.any(i), i % 3 == 0 ? 6000 : 500, new Random(i)))
                    .append("');\n");
        }
        run(scanned.resolve("x.db"), script + "DROP TABLE t;\n");
        Map<String, String> found = found(Unpacked.scan(scanned));
        int whole = 0;
        for (int i = 0; i < 30; i++) {
            whole += found.containsKey(Tokens.any(i)) ? 1 : 0;
        }
        // SQLite itself writes its list of free pages over some of them.
        assertThat(whole).isGreaterThan(25);
    }

    @Test
    void readsTheLogThatStandsBesideADatabase() throws IOException {
        Path scanned = Files.createDirectory(folder.resolve("scanned"));
        Path live = folder.resolve("live.db");
        String copy = "cp live.db scanned/x.db; cp live.db-wal scanned/x.db-wal";
        run(
                live,
                "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; CREATE TABLE auth(a, t);\n"
                        + "INSERT INTO auth VALUES(1,'"
                        + Tokens.any(1)
                        + "');\n"
                        + "PRAGMA wal_checkpoint(FULL);\n"
                        + "INSERT INTO auth VALUES(2,'"
                        + padded(Tokens.any(2), 9000, new Random(1))
                        + "');\n"
                        + "INSERT INTO auth VALUES(3,'"
                        + Tokens.any(3)
                        + "');\n"
                        + "UPDATE auth SET t='"
                        + Tokens.any(4)
                        + "' WHERE a=3;\n"
                        + ".shell "
                        + copy
                        + "\n");
        ScanReport report = Unpacked.scan(scanned);
        assertThat(Unpacked.incidents(report)).isEmpty();
        List<String> places = new ArrayList<>();
        for (Finding finding : report.findings()) {
            places.add(finding.place().path() + "!" + String.join("!", finding.inner()));
        }
        assertThat(places)
                .contains("x.db!auth.t#1", "x.db-wal!auth.t#2", "x.db-wal!auth.t#3")
                .filteredOn(place -> place.startsWith("x.db-wal!page"))
                .hasSize(1); // what was there before the update
        // Alone, it is a log whose tables nobody knows.
        Files.delete(scanned.resolve("x.db"));
        assertThat(found(Unpacked.scan(scanned)))
                .containsKeys(Tokens.any(2), Tokens.any(3), Tokens.any(4));
    }

    @Test
    void readsTheJournalOfAnOpenTransaction() throws IOException {
        Path scanned = Files.createDirectory(folder.resolve("scanned"));
        run(
                folder.resolve("live.db"),
                "CREATE TABLE auth(t);\nINSERT INTO auth VALUES('"
                        + padded(Tokens.any(1), 9000, new Random(1))
                        + "');\nPRAGMA cache_size=1; PRAGMA cache_spill=1; BEGIN;\n"
                        + "UPDATE auth SET t='"
                        + "y".repeat(100_000)
                        + "';\n"
                        + "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<500)"
                        + " INSERT INTO auth SELECT hex(randomblob(500)) FROM n;\n"
                        + ".shell cp live.db-journal scanned/x.db-journal\nROLLBACK;\n");
        ScanReport report = Unpacked.scan(scanned);
        assertThat(found(report)).containsKey(Tokens.any(1));
    }

    @Test
    void namesWhatIsEncryptedOrDamaged() throws IOException {
        Path scanned = Files.createDirectory(folder.resolve("scanned"));
        byte[] random = new byte[512 * 1024];
        new Random(1).nextBytes(random);
        random[0] = 'x';
        Files.write(scanned.resolve("secret.db"), random);
        run(
                scanned.resolve("bad.db"),
                "CREATE TABLE t(v); INSERT INTO t VALUES('" + Tokens.any(1) + "');");
        byte[] bad = Files.readAllBytes(scanned.resolve("bad.db"));
        bad[4096] = 99; // the root of the table
        Files.write(scanned.resolve("bad.db"), bad);
        ScanReport report = Unpacked.scan(scanned);
        assertThat(Unpacked.incidents(report))
                .containsExactlyInAnyOrder(
                        "bad.db: is damaged: page 2 is not what it should be",
                        "secret.db: looks like an encrypted database");
        assertThat(found(report)).containsOnlyKeys(Tokens.any(1));
    }
}
