package io.jwtrawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.testkit.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllowIT {

    private static final String TOKEN =
            Tokens.signed(
                    "{\"iss\":\"https://test.example.org\",\"aud\":\"app\",\"env\":\"dev\",\"exp\":4102444800}");

    @TempDir Path folder = Path.of("");

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Launcher.Result scan(String... more) {
        String[] all = new String[more.length + 4];
        all[0] = "scan";
        all[1] = ".";
        all[2] = "--format=jsonl";
        all[3] = "--at=2026-06-01T00:00:00Z";
        System.arraycopy(more, 0, all, 4, more.length);
        return Launcher.run(folder, all);
    }

    @Test
    void aCommentLetsATokenStayUntilItsDay() throws IOException {
        write("a.txt", "key: " + TOKEN + " # jwtrawl:allow a sample until=2026-06-01\n");
        assertThat(scan().exitCode()).isZero();
        assertThat(scan().err()).contains("passed over 1 finding: 1 by comments");
        assertThat(scan("--no-allow").exitCode()).isEqualTo(1);
        write("a.txt", "key: " + TOKEN + " # jwtrawl:allow a sample until=2026-05-31\n");
        assertThat(scan().exitCode()).isEqualTo(1);
        assertThat(scan().err()).contains("the day is over");
        write("a.txt", "key: " + TOKEN + " # jwtrawl:allow a sample until=2027-2-1\n");
        assertThat(scan().exitCode()).isEqualTo(1);
        write("a.txt", "# jwtrawl:allow, but on another line\nkey: " + TOKEN + "\n");
        assertThat(scan().exitCode()).isEqualTo(1);
    }

    @Test
    void foreignCommentsCountOnlyWhereThatIsWanted() throws IOException {
        write("a.txt", "key: " + TOKEN + " # gitleaks:allow\n");
        assertThat(scan().exitCode()).isEqualTo(1);
        write("jwtrawl.yaml", "foreign-markers: true\n");
        assertThat(scan().exitCode()).isZero();
    }

    @Test
    void entriesMatchByAllThatTheySay() throws IOException {
        write("src/test/a.txt", TOKEN);
        for (String entry :
                new String[] {
                    "issuer: https://test.*",
                    "audience: app",
                    "claims: {env: d*}",
                    "paths: 'src/test/**'",
                    "issuer: https://test.example.org\n    paths: ['src/**']\n    until: 2026-06-01"
                }) {
            write("jwtrawl.yaml", "allow:\n  - " + entry + "\n    reason: a test\n");
            assertThat(scan().exitCode()).as(entry).isZero();
        }
        for (String entry :
                new String[] {
                    "issuer: https://other.*",
                    "kid: x",
                    "claims: {env: d*, other: x}",
                    "issuer: https://test.example.org\n    paths: ['docs/**']",
                    "issuer: https://test.example.org\n    until: 2026-05-31"
                }) {
            write("jwtrawl.yaml", "allow:\n  - " + entry + "\n");
            assertThat(scan().exitCode()).as(entry).isEqualTo(1);
        }
        write("jwtrawl.yaml", "allow:\n  - issuer: https://gone.example.org\n");
        assertThat(scan().err()).contains("nothing was found that needs the entry with issuer");
    }

    @Test
    void saysWhereAConfigurationIsWrong() throws IOException {
        write("jwtrawl.yaml", "allow:\n  - isuer: x\n    paths: a\n");
        assertThat(scan().err()).contains("jwtrawl.yaml:2:", "do you mean 'issuer'?");
        write("jwtrawl.yaml", "allow:\n  - issuer: [x\n");
        var broken = scan();
        assertThat(broken.exitCode()).isEqualTo(2);
        assertThat(broken.err()).contains("jwtrawl.yaml:");
        write("jwtrawl.yaml", "foreign-markers: perhaps\n");
        assertThat(scan().err()).contains("jwtrawl.yaml:1:", "expected true or false");
    }

    @Test
    void ignoresPathsAsGitDoes() throws IOException {
        write("gen/deep/a.txt", TOKEN);
        write("b.log", TOKEN);
        write(".jwtrawlignore", "# made by tools\ngen/\n*.log\n");
        assertThat(scan().exitCode()).isZero();
        write(".jwtrawlignore", "gen/\n*.log\n!b.log\n");
        assertThat(scan().exitCode()).isEqualTo(1);
    }

    @Test
    void aBaselineKnowsWhatMovesAndTellsWhatIsNew() throws IOException {
        write("a.txt", TOKEN);
        assertThat(scan("--baseline=known.jsonl").exitCode()).isEqualTo(2);
        assertThat(scan("--baseline=known.jsonl", "--update-baseline").exitCode()).isZero();
        assertThat(folder.resolve("known.jsonl")).content().doesNotContain(TOKEN);
        write("a.txt", "\n\n" + TOKEN);
        assertThat(scan("--baseline=known.jsonl").exitCode()).isZero();
        Files.move(folder.resolve("a.txt"), folder.resolve("b.txt"));
        assertThat(scan("--baseline=known.jsonl").exitCode()).isZero();
        assertThat(scan("--baseline=known.jsonl", "--prune-baseline").exitCode()).isZero();
        assertThat(folder.resolve("known.jsonl"))
                .content()
                .contains("b.txt")
                .doesNotContain("a.txt");
        write("c.txt", TOKEN);
        var copied = scan("--baseline=known.jsonl");
        assertThat(copied.exitCode()).isEqualTo(1);
        assertThat(copied.out()).contains("c.txt").doesNotContain("\"b.txt\"");
        write("known.jsonl", "broken\n");
        assertThat(scan("--baseline=known.jsonl").err()).contains("known.jsonl:1: expected");
    }

    @Test
    void takesOverAReportOfGitleaks() throws IOException {
        write("a.txt", TOKEN);
        write(
                "leaks.json",
                "[{\"RuleID\":\"jwt\",\"File\":\"a.txt\",\"StartLine\":9,\"Secret\":\""
                        + TOKEN
                        + "\",\"Match\":\"\"}]");
        write(
                "redacted.json",
                "[{\"File\":\"b.txt\",\"Secret\":\"REDACTED\",\"Fingerprint\":\"b.txt:jwt:1\"}]");
        assertThat(
                        Launcher.run(
                                        folder,
                                        "baseline",
                                        "import",
                                        "leaks.json",
                                        "--baseline=k.jsonl")
                                .exitCode())
                .isZero();
        Files.delete(folder.resolve("leaks.json"));
        assertThat(scan("--baseline=k.jsonl").exitCode()).isZero();
        var redacted =
                Launcher.run(folder, "baseline", "import", "redacted.json", "--baseline=k.jsonl");
        assertThat(redacted.exitCode()).isEqualTo(3);
        assertThat(redacted.err()).contains("b.txt:jwt:1");
    }
}
