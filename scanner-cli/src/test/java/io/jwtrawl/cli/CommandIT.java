package io.jwtrawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.cli.Launcher.Result;
import io.jwtrawl.testkit.GitRepo;
import io.jwtrawl.testkit.Tokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The built command, end to end, against the contract.
class CommandIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String AT = "--at=2026-06-01T00:00:00Z";
    private static final String NAMED =
            "export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a; ";
    private static final String ADMIN = Tokens.signed("{\"scope\":\"admin\",\"exp\":1781000000}");

    private static final Path ENDLESS = Path.of("/dev/zero");

    /// Ended after each test, whatever comes of it: one that reads without end would do so for ever where the shell that
    /// started the build has interrupts ignored.
    private final List<Process> started = new ArrayList<>();

    @TempDir Path folder = Path.of("");

    @AfterEach
    void endWhatWasStarted() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void findsATokenInAFileAndInHistory() throws IOException {
        GitRepo repo = GitRepo.init(folder.resolve("repo"));
        String introduced = repo.commit("config/app.env", "TOKEN=" + ADMIN + "\n");
        String removed = repo.commit("config/app.env", "TOKEN=\n");
        repo.write("left.log", "in the log: " + Tokens.any(2));

        Result result = Launcher.run(folder, "scan", "repo", AT);
        assertThat(result.exitCode()).isEqualTo(1);
        List<JsonNode> findings = findings(result.out());
        assertThat(findings).hasSize(2);
        JsonNode historic = findings.getFirst();
        assertThat(historic.at("/rating/level").asString()).isEqualTo("critical");
        assertThat(historic.at("/place/source").asString()).isEqualTo("git");
        assertThat(historic.at("/place/path").asString()).isEqualTo("config/app.env");
        assertThat(historic.at("/place/commit").asString()).isEqualTo(introduced);
        assertThat(historic.at("/place/introducedBy").asString()).isEqualTo(introduced);
        assertThat(historic.at("/place/removedBy").asString()).isEqualTo(removed);
        assertThat(historic.at("/place/inHead").asBoolean()).isFalse();
        assertThat(historic.at("/place/author").asString()).isEqualTo("Ada Author");
        assertThat(historic.at("/place/line").asInt()).isEqualTo(1);
        assertThat(historic.at("/place/column").asInt()).isEqualTo(7);
        assertThat(historic.at("/place/offset").asInt()).isEqualTo(6);
        assertThat(findings.getLast().at("/place/source").asString()).isEqualTo("files");
        assertThat(result.out()).doesNotContain(ADMIN);
        assertThat(result.err()).contains("2 tokens at 2 places");
    }

    @Test
    void readsStandardInput() {
        Result result = Launcher.run(folder, "log line " + ADMIN, Map.of(), "scan", "-", AT);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(findings(result.out())).hasSize(1);
    }

    @Test
    void scansTheCurrentFolderWithoutArguments() throws IOException {
        Files.writeString(folder.resolve("a"), ADMIN);
        assertThat(findings(Launcher.run(folder, "scan", AT).out())).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"critical, 1", "medium, 1", "never, 0"})
    void failsOnTheLevelThatIsAskedFor(String level, int exitCode) throws IOException {
        Files.writeString(folder.resolve("a"), ADMIN);
        assertThat(Launcher.run(folder, "scan", ".", AT, "--fail-on", level).exitCode())
                .isEqualTo(exitCode);
    }

    @Test
    void aLowFindingDoesNotFailByDefault() throws IOException {
        Files.writeString(folder.resolve("a"), Tokens.signed("{\"exp\":1}"));
        Result result = Launcher.run(folder, "scan", ".", AT);
        assertThat(result.exitCode()).isZero();
        assertThat(findings(result.out())).hasSize(1);
        assertThat(Launcher.run(folder, "scan", ".", AT, "--fail-on=low").exitCode()).isEqualTo(1);
    }

    @Test
    void pairsFormatsWithFiles() throws IOException {
        Files.writeString(folder.resolve("a"), ADMIN);
        Result result =
                Launcher.run(
                        folder,
                        "scan",
                        "a",
                        AT,
                        "--format",
                        "sarif",
                        "--output",
                        "x.json",
                        "--format=terminal",
                        "--output=x.txt",
                        "--format",
                        "jsonl");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(
                        JSON.readTree(Files.readString(folder.resolve("x.json")))
                                .at("/version")
                                .asString())
                .isEqualTo("2.1.0");
        assertThat(Files.readString(folder.resolve("x.txt")))
                .startsWith("CRITICAL")
                .doesNotContain("\u001b");
        assertThat(findings(result.out())).hasSize(1);
    }

    @Test
    void tellsTheFormatFromTheFileName() throws IOException {
        Files.writeString(folder.resolve("a"), ADMIN);
        Result result = Launcher.run(folder, "scan", "a", AT, "--output", "x.sarif");
        assertThat(result.out()).isEmpty();
        assertThat(
                        JSON.readTree(Files.readString(folder.resolve("x.sarif")))
                                .at("/version")
                                .asString())
                .isEqualTo("2.1.0");
    }

    @Test
    void showsTokensOnlyWhenAsked() throws IOException {
        Files.writeString(folder.resolve("a"), ADMIN);
        assertThat(Launcher.run(folder, "scan", "a", AT, "--show-tokens").out()).contains(ADMIN);
        for (String format :
                List.of("jsonl", "sarif", "terminal", "csv", "gitlab", "junit", "markdown")) {
            Result result = Launcher.run(folder, "scan", "a", AT, "--verbose", "--format", format);
            assertThat(result.out() + result.err()).doesNotContain(ADMIN.substring(60));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scan nowhere               | nowhere: no such file or folder",
                "scan . --fail-on=terrible  | --fail-on",
                "scan . --at=yesterday      | yesterday",
                "scan . --policy=none.yaml  | none.yaml",
                "scan . --include=[         | glob",
                "scan . --threads=0         | --threads",
                "scan . --format=jsonl --format=sarif | only one report",
                "scan . --output=no/such/folder/x | no/such/folder/x: cannot be written: no such file",
                "scan . --output=           | the name of a file is missing",
                "scan . --max-depth=-1      | --max-depth: a number from 0",
                "scan . --max-memory=lots   | --max-memory: 'lots' is not a size",
                "scan . --max-memory=8m     | --max-memory: '8m' is not a size",
                "scan . --rules=.           | --rules .: cannot be read as a rules folder: ./tokens: no such file",
                "scan . --nonsense          | --nonsense",
                "git                        | not a Git repository",
                "git --staged --worktree    | not together with --staged",
                "inspect hello              | no JSON Web Token",
                "frobnicate                 | frobnicate",
                "rules                      | incomplete: `jwtrawl rules list` or",
            })
    void wrongUsageIsOneLineAndTwo(String arguments, String message) {
        Result result = Launcher.run(folder, arguments.strip().split(" +"));
        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.err()).startsWith("jwtrawl: ").contains(message);
    }

    @Test
    void anIncompleteScanSaysSo() throws IOException {
        GitRepo repo = GitRepo.init(folder.resolve("repo"));
        repo.commit("a", "to be lost");
        String blob = repo.git("rev-parse", "HEAD:a").strip();
        Files.delete(
                repo.folder()
                        .resolve(".git/objects/" + blob.substring(0, 2) + "/" + blob.substring(2)));
        Result result = Launcher.run(folder, "git", "repo");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err())
                .contains("blob:" + blob + ": object is missing")
                .contains("incomplete");
    }

    /// Of the first, Git makes up the commit in the usual index, of the others in one of its own.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "git add secret.txt known.txt && git commit -m leak",
                "git commit -a -m leak",
                "git commit -m leak known.txt",
                "cd sub && git commit -m leak ../known.txt",
                "git --git-dir=.git --work-tree=. commit -a -m leak",
                "cp -r . ../w && cd ../w && git --git-dir=../repo/.git --work-tree=. commit -a -m leak",
            })
    void stagedTokensFailACommitHook(String commit) throws IOException {
        GitRepo repo = repositoryWithHook();
        repo.write("sub/clean.txt", "nothing").commit("known.txt", "nothing");
        String head = repo.head();
        repo.write("known.txt", Tokens.any(1)).write("secret.txt", Tokens.any(2));
        String output = repo.shell("(" + NAMED + commit + ") 2>&1 || true");
        assertThat(repo.head()).as(output).isEqualTo(head);
        assertThat(output).contains("\"path\":\"known.txt\"").doesNotContain("cannot read");
    }

    @Test
    void stagedTokensFailACommitHookInALinkedWorktree() throws IOException {
        GitRepo repo = repositoryWithHook();
        repo.commit("known.txt", "nothing");
        Path linked = folder.resolve("linked");
        repo.git("worktree", "add", "-q", linked.toString());
        GitRepo worktree = GitRepo.at(linked);
        worktree.write("known.txt", Tokens.any(1));
        String head = worktree.head();
        String output = worktree.shell("(" + NAMED + "git commit -a -m leak) 2>&1 || true");
        assertThat(worktree.head()).as(output).isEqualTo(head);
    }

    private GitRepo repositoryWithHook() throws IOException {
        GitRepo repo = GitRepo.init(folder.resolve("repo"));
        Path hook = repo.folder().resolve(".git/hooks/pre-commit");
        Files.createDirectories(hook.getParent());
        Files.writeString(
                hook,
                "#!/bin/sh\nexec '"
                        + System.getProperty("jwtrawl.dist")
                        + "/bin/jwtrawl' git --staged "
                        + AT
                        + "\n");
        assertThat(hook.toFile().setExecutable(true)).isTrue();
        return repo;
    }

    @Test
    void saysThatAHistoryIsShallow() {
        GitRepo repo = GitRepo.init(folder.resolve("repo"));
        repo.commit("a", "old");
        repo.commit("a", "new");
        repo.git("clone", "-q", "--depth=1", repo.folder().toUri().toString(), "../shallow");
        Result result = Launcher.run(folder, "git", "shallow");
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).contains("git fetch --unshallow");
        assertThat(Launcher.run(folder, "git", "repo").err()).doesNotContain("unshallow");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--staged", "--worktree"})
    void aBareRepositoryHasOnlyAHistory(String option) {
        GitRepo.init(folder.resolve("bare.git"), "--bare");
        Result result = Launcher.run(folder, "git", "bare.git", option);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("bare repository");
        assertThat(Launcher.run(folder, "git", "bare.git").exitCode()).isZero();
    }

    @Test
    void searchesTheWorktreeAlone() throws IOException {
        GitRepo repo = GitRepo.init(folder.resolve("repo"));
        repo.commit("old.txt", ADMIN);
        repo.git("rm", "-q", "old.txt");
        repo.commit("remove");
        repo.write("new.txt", Tokens.any(1));
        Result result = Launcher.run(repo.folder(), "git", "--worktree", AT);
        assertThat(findings(result.out()))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.at("/place/path").asString()).isEqualTo("new.txt"));
    }

    @Test
    void inspectExplainsEveryPoint() {
        Result result = Launcher.run(folder, ADMIN, Map.of(), "inspect", "-", AT);
        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .contains("CRITICAL, score 95")
                .containsPattern("\\+45 +valid")
                .containsPattern("\\+50 +privilege-admin")
                .contains("\"scope\" : \"admin\"")
                .doesNotContain(ADMIN.substring(60));
        JsonNode json =
                JSON.readTree(
                        Launcher.run(
                                        folder,
                                        ADMIN,
                                        Map.of(),
                                        "inspect",
                                        "-",
                                        AT,
                                        "--format",
                                        "json")
                                .out());
        assertThat(json.at("/rating/score").asInt()).isEqualTo(95);
    }

    @Test
    void inspectDrawsATimelineAndNeverEchoesTheToken() {
        for (String format : List.of("terminal", "json")) {
            Result result =
                    Launcher.run(
                            folder,
                            ADMIN,
                            Map.of(),
                            "inspect",
                            "-",
                            AT,
                            "--exposed-since=2025-05-31T00:00:00Z",
                            "--show-tokens",
                            "--format=" + format);
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(result.out()).doesNotContain(ADMIN.substring(ADMIN.lastIndexOf('.')));
            assertThat(result.err()).isEmpty();
            assertThat(result.out())
                    .contains(
                            format.equals("json")
                                    ? "\"firstSeen\":\"2025-05-31T00:00:00Z\""
                                    : "E exposed  2025-05-31T00:00:00Z");
        }
        Result shown = Launcher.run(folder, "inspect", ADMIN, AT);
        assertThat(shown.err()).containsOnlyOnce("shell's history");
        assertThat(shown.out()).doesNotContain(ADMIN.substring(ADMIN.lastIndexOf('.')));
    }

    @Test
    void triesKnownSecretsAndAWordlist() throws IOException {
        Files.writeString(
                folder.resolve("a"),
                Tokens.signed(
                        "HS256", "{\"sub\":\"a\"}", "secret".getBytes(StandardCharsets.UTF_8)));
        Files.writeString(
                folder.resolve("b"),
                Tokens.signed(
                        "HS512",
                        "{\"sub\":\"b\"}",
                        "of our own 99".getBytes(StandardCharsets.UTF_8)));
        Files.writeString(folder.resolve("words"), "x\nof our own 99\n");
        assertThat(forgeable(Launcher.run(folder, "scan", "a", "b", AT, "--quiet")))
                .containsExactlyInAnyOrder("weak-secret", "unknown");
        Result all = Launcher.run(folder, "scan", "a", "b", AT, "--wordlist", "words", "--quiet");
        assertThat(forgeable(all)).containsExactly("weak-secret", "weak-secret");
        assertThat(all.out()).contains("no. 2 of the word list").doesNotContain("of our own 99");
        Result none = Launcher.run(folder, "scan", "a", "--wordlist", "nowhere");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).isEqualTo("jwtrawl: --wordlist nowhere: cannot be read as a file\n");
    }

    private static List<String> forgeable(Result result) {
        return findings(result.out()).stream()
                .map(finding -> finding.at("/exposure/forgeable").asString())
                .toList();
    }

    @Test
    void ratesByAPolicyThatComesWithTheProgram() throws IOException {
        Files.writeString(
                folder.resolve("a"),
                Tokens.signed("{\"scope\":\"read\",\"exp\":1700000000,\"iat\":1600000000}"));
        Files.setLastModifiedTime(
                folder.resolve("a"),
                java.nio.file.attribute.FileTime.from(
                        java.time.Instant.parse("2022-01-01T00:00:00Z")));
        for (String[] expected :
                new String[][] {{"default", "low"}, {"strict", "medium"}, {"incident", "high"}}) {
            JsonNode finding =
                    findings(
                                    Launcher.run(
                                                    folder,
                                                    "scan",
                                                    "a",
                                                    AT,
                                                    "--policy",
                                                    expected[0],
                                                    "--quiet")
                                            .out())
                            .getFirst();
            assertThat(finding.at("/rating/level").asString())
                    .as(expected[0])
                    .isEqualTo(expected[1]);
        }
    }

    @Test
    void ratesByAPolicyOfTheUsersOwn() throws IOException {
        Path policy = folder.resolve("mine.yaml");
        Files.writeString(
                policy,
                Files.readString(Path.of("../rules/policies/default.yaml"))
                        .replace("critical: 90", "critical: 99"));
        Files.writeString(folder.resolve("a"), ADMIN);
        Result result = Launcher.run(folder, "scan", "a", AT, "--policy", "mine.yaml");
        assertThat(findings(result.out()).getFirst().at("/rating/level").asString())
                .isEqualTo("high");
        Files.writeString(
                policy, Files.readString(policy).replace("look-back: P30D", "look-back: a month"));
        Result wrong = Launcher.run(folder, "scan", "a", AT, "--policy", "mine.yaml");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("mine.yaml: default: limits/look-back: ");
    }

    @Test
    void testsItsOwnRules() {
        Result result = Launcher.run(folder, "rules", "test");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).endsWith(" passed, 0 failed\n");
        assertThat(Launcher.run(folder, "rules", "list").out()).contains("supabase-service-role");
    }

    @Test
    void readsNamesBeyondAsciiInAnyLocale() throws IOException {
        Files.writeString(folder.resolve("naïve-日本.txt"), ADMIN);
        Result result =
                Launcher.run(folder, "", Map.of("LC_ALL", "C", "LANG", "C"), "scan", ".", AT);
        assertThat(findings(result.out()).getFirst().at("/place/path").asString())
                .isEqualTo("naïve-日本.txt");
    }

    @Test
    void theReportIsTheSameWhateverTheNumberOfThreads() throws IOException {
        for (int i = 0; i < 50; i++) {
            Files.createDirectories(folder.resolve("d" + i % 7));
            Files.writeString(folder.resolve("d" + i % 7 + "/f" + i), Tokens.any(i % 20));
        }
        String one = Launcher.run(folder, "scan", ".", AT, "--threads=1").out();
        assertThat(Launcher.run(folder, "scan", ".", AT, "--threads=4").out()).isEqualTo(one);
    }

    @Test
    void aTimeoutLeavesAReportAndSaysThatItIsIncomplete() throws IOException {
        Result result =
                Launcher.run(
                        folder, ENDLESS, "scan", "-", "--timeout", "1s", "--format", "terminal");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.out()).contains("No JSON Web Tokens found, but the scan is incomplete.");
        assertThat(result.err()).contains("stopped before the end");
    }

    /// The exit code is the signal's.
    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
    void anInterruptLeavesAReport(String signal, int exitCode) throws Exception {
        Files.writeString(folder.resolve("a"), ADMIN);
        Path report = folder.resolve("../report-" + folder.getFileName() + ".jsonl");
        Process process =
                new ProcessBuilder(
                                System.getProperty("jwtrawl.dist") + "/bin/jwtrawl",
                                "scan",
                                "a",
                                "-",
                                AT,
                                "--threads=2",
                                "--output",
                                report.toString())
                        .directory(folder.toFile())
                        .redirectInput(ENDLESS.toFile())
                        .redirectErrorStream(true)
                        .start();
        started.add(process);
        assertThat(process.waitFor(3, TimeUnit.SECONDS)).isFalse();
        new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(exitCode);
        assertThat(findings(Files.readString(report))).hasSize(1);
        Files.delete(report);
    }

    @Test
    void aReaderThatGoesAwayIsNoFailure() throws IOException {
        for (int i = 0; i < 2_000; i++) {
            Files.writeString(folder.resolve("f" + i), Tokens.any(i));
        }
        String output =
                shell("{ \"$JWTRAWL\" scan . --quiet; echo \"exit $?\" >&2; } 2>&1 | head -n 1");
        assertThat(output.lines()).hasSize(1);
        assertThat(shell("{ \"$JWTRAWL\" scan . --quiet; echo \"exit $?\" >&2; } | head -n 1"))
                .contains("\nexit 1\n")
                .doesNotContain("jwtrawl: ");
        assertThat(shell("{ \"$JWTRAWL\" rules list; echo \"exit $?\" >&2; } | head -n 1"))
                .doesNotContain("jwtrawl: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inspect - < a", "rules list", "--help", "scan a"})
    void whatCannotBeWrittenIsAFailure(String arguments) throws IOException {
        Files.writeString(folder.resolve("a"), ADMIN);
        assertThat(shell("\"$JWTRAWL\" " + arguments + " 2>&1 >/dev/full; echo \"exit $?\""))
                .contains("jwtrawl: cannot write ")
                .contains("No space left on device")
                .endsWith("exit 2\n");
    }

    @Test
    void oneReportThatCannotBeWrittenDoesNotCostTheOthers() throws IOException {
        Files.writeString(folder.resolve("a"), ADMIN);
        Result result =
                Launcher.run(
                        folder,
                        "scan",
                        "a",
                        AT,
                        "--format=jsonl",
                        "--output=/dev/full",
                        "--format=sarif",
                        "--output=ok.sarif");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("jwtrawl: cannot write the report: /dev/full: No space");
        assertThat(
                        JSON.readTree(Files.readString(folder.resolve("ok.sarif")))
                                .at("/runs/0/results"))
                .hasSize(1);
    }

    @Test
    void twoReportsDoNotGoToOneFile() throws IOException {
        Files.writeString(folder.resolve("a"), ADMIN);
        Files.writeString(folder.resolve("same"), "an old report");
        Result result =
                Launcher.run(
                        folder,
                        "scan",
                        "a",
                        "--format=sarif",
                        "--output=same",
                        "--format=jsonl",
                        "--output=./same");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err().lines()).singleElement().asString().contains("two reports");
        assertThat(folder.resolve("same")).hasContent("an old report");
    }

    @Test
    void onlyTheOwnerReadsAReportWithWholeTokens() throws IOException {
        Files.writeString(folder.resolve("a"), ADMIN);
        Files.writeString(folder.resolve("old.jsonl"), "an old report");
        for (String report : List.of("new.jsonl", "old.jsonl")) {
            Launcher.run(folder, "scan", "a", AT, "--show-tokens", "--output", report);
            assertThat(Files.readString(folder.resolve(report))).contains(ADMIN);
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(folder.resolve(report))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aTimeoutDoesNotWaitForAPipe() throws Exception {
        new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start().waitFor();
        Files.writeString(folder.resolve("a"), ADMIN);
        Result result =
                Launcher.run(folder, "scan", "a", "pipe", AT, "--threads=2", "--timeout=2s");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(findings(result.out())).hasSize(1);
        assertThat(result.err())
                .contains("stopped before the end")
                .contains("pipe: the scan ended while it was searched");
    }

    @Test
    void anInterruptDoesNotWaitForStandardInput() throws Exception {
        Files.writeString(folder.resolve("a"), ADMIN);
        Path report = folder.resolve("report.jsonl");
        Process process =
                start(
                        ProcessBuilder.Redirect.PIPE,
                        "scan",
                        "a",
                        "-",
                        AT,
                        "--threads=2",
                        "--output",
                        report.toString());
        assertThat(process.waitFor(3, TimeUnit.SECONDS)).isFalse();
        interrupt(process);
        assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(findings(Files.readString(report))).hasSize(1);
    }

    @Test
    void aSecondInterruptEndsAtOnce() throws Exception {
        Files.writeString(folder.resolve("a"), ADMIN);
        new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start().waitFor();
        Process process = start(ProcessBuilder.Redirect.PIPE, "scan", "a", "--output", "pipe");
        assertThat(process.waitFor(3, TimeUnit.SECONDS)).isFalse();
        interrupt(process);
        assertThat(process.waitFor(3, TimeUnit.SECONDS)).isFalse();
        interrupt(process);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
    }

    @Test
    void wantOfMemoryEndsTheScanWithWhatWasFound() throws IOException {
        Files.writeString(folder.resolve("a"), ADMIN);
        Files.writeString(
                folder.resolve("huge"),
                ADMIN.substring(0, ADMIN.indexOf('.') + 1) + "A".repeat(150_000_000));
        Result result =
                Launcher.run(
                        folder,
                        "scan",
                        "a",
                        "huge",
                        AT,
                        "--threads=1",
                        "--max-memory",
                        "64m",
                        "--max-token-size=60000000");
        assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
        assertThat(findings(result.out())).hasSize(1);
        assertThat(result.err()).contains("out of memory").doesNotContain("\tat ");
    }

    @Test
    void theLauncherGivesTheHeapToJava() throws IOException {
        Files.writeString(folder.resolve("a"), ADMIN);
        for (List<String> option :
                List.of(List.of("--max-memory", "128m"), List.of("--max-memory=128M"))) {
            List<String> arguments = new ArrayList<>(List.of("scan", "a", "--verbose"));
            arguments.addAll(option);
            assertThat(Launcher.run(folder, arguments.toArray(String[]::new)).err())
                    .containsPattern("a heap of at most 12[0-9] MiB");
        }
    }

    @Test
    void saysWhatItDoesWhenAsked() throws IOException {
        GitRepo repo = GitRepo.init(folder.resolve("repo"));
        repo.commit("a", ADMIN);
        assertThat(Launcher.run(folder, "scan", "repo", "--verbose").err())
                .contains("searching repo with ", "met the repository ", "searched for ");
    }

    @Test
    void searchesWhatIsNamedTwiceOnce() throws IOException {
        Files.createDirectories(folder.resolve("o/d"));
        Files.writeString(folder.resolve("o/d/a"), ADMIN);
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("o"));
        Result result = Launcher.run(folder, "scan", "o/d", "o", "./o/d/a", "link", AT);
        assertThat(findings(result.out()))
                .singleElement()
                .satisfies(
                        finding -> assertThat(finding.at("/sprawl/places").asInt()).isEqualTo(1));
    }

    @Test
    void notesThatTheHistoryAboveIsNotSearched() throws IOException {
        GitRepo repo = GitRepo.init(folder.resolve("repo"));
        repo.commit("sub/a", "nothing");
        assertThat(Launcher.run(folder, "scan", "repo/sub").err())
                .contains("history is not searched", "jwtrawl git " + repo.folder().toRealPath());
        assertThat(Launcher.run(folder, "scan", "repo/sub", "--quiet").err()).isEmpty();
        assertThat(Launcher.run(folder, "scan", "repo").err()).doesNotContain("note");
        assertThat(Launcher.run(folder, "scan", "repo/.git").err()).doesNotContain("note");
    }

    @Test
    void looksThroughAsManyEncodingsAsItMay() throws IOException {
        String twice = Tokens.encode("in " + Tokens.encode("in " + ADMIN + " there") + " there");
        Files.writeString(folder.resolve("a"), twice);
        assertThat(findings(Launcher.run(folder, "scan", "a", AT).out())).isNotEmpty();
        assertThat(findings(Launcher.run(folder, "scan", "a", AT, "--max-depth=1").out()))
                .isEmpty();
    }

    @Test
    void namesEverythingThatItCouldNotRead() throws IOException {
        GitRepo repo = GitRepo.init(folder.resolve("repo"));
        for (int i = 0; i < 300; i++) {
            repo.write("f" + i, "to be lost " + i);
        }
        repo.commit("all");
        repo.shell(
                "find .git/objects -type f -size -1 -delete; for i in $(seq 0 299); do"
                        + " h=$(git rev-parse HEAD:f$i); rm -f .git/objects/$(echo $h | cut -c1-2)/$(echo $h | cut -c3-);"
                        + " done");
        Result result = Launcher.run(folder, "git", "repo");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err().lines().filter(line -> line.endsWith("object is missing")))
                .hasSize(300);
        assertThat(result.out().lines().filter(line -> line.contains("\"incident\""))).hasSize(300);
    }

    @Test
    void helpIsAWordToo() {
        assertThat(Launcher.run(folder, "help").out())
                .isEqualTo(Launcher.run(folder, "--help").out())
                .contains("Examples:");
        assertThat(Launcher.run(folder, "help", "rules", "test").out())
                .isEqualTo(Launcher.run(folder, "rules", "test", "--help").out());
    }

    private Process start(ProcessBuilder.Redirect in, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("jwtrawl.dist") + "/bin/jwtrawl");
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectInput(in)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        started.add(process);
        return process;
    }

    private static void interrupt(Process process) throws Exception {
        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
    }

    /// What a line of shell writes, to whatever stream.
    private String shell(String line) throws IOException {
        var builder = new ProcessBuilder("sh", "-c", line).directory(folder.toFile());
        builder.environment().put("JWTRAWL", System.getProperty("jwtrawl.dist") + "/bin/jwtrawl");
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static List<JsonNode> findings(String lines) {
        return lines.lines()
                .map(line -> JSON.readTree(line))
                .filter(line -> line.has("token"))
                .toList();
    }
}
