package io.jwtrawl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jwtrawl.cli.Launcher.Result;
import io.jwtrawl.testkit.GitRepo;
import io.jwtrawl.testkit.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Repositories on other machines, fetched from the servers that people use: `git http-backend`, `git daemon`, `sshd`.
class RemoteIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String AT = "--at=2026-06-01T00:00:00Z";
    private static final String PASSWORD = "s3cr3t-passw0rd";

    @TempDir Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init") // before each test
    private GitRepo repo;

    private Path home = Path.of("");
    private Path temporary = Path.of("");

    @BeforeEach
    void makeRepository() throws IOException {
        home = Files.createDirectories(folder.resolve("home"));
        temporary = Files.createDirectories(folder.resolve("tmp"));
        repo = GitRepo.init(folder.resolve("served/app"));
        repo.commit("a.txt", Tokens.any(1));
        repo.git("checkout", "-q", "-b", "topic");
        repo.commit("b.txt", Tokens.any(2));
        repo.git("tag", "-a", "v1", "-m", Tokens.any(3));
        repo.git("checkout", "-q", "main");
        repo.commit("a.txt", "gone");
    }

    @Test
    void fetchesFromAFileUrlAndLeavesNothingBehind() throws IOException {
        String url = repo.folder().toUri().toString();
        Result result = run("git", url, AT);
        assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
        List<JsonNode> findings = findings(result);
        assertThat(findings).hasSize(3);
        assertThat(findings)
                .allSatisfy(finding ->
                        assertThat(finding.at("/place/uri").asString()).startsWith("file:/"));
        assertThat(findings)
                .filteredOn(finding -> finding.at("/place/path").asString().equals("a.txt"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.at("/place/removedBy").asString()).isEqualTo(repo.head());
                    assertThat(finding.at("/place/inHead").asBoolean()).isFalse();
                });
        assertThat(result.err()).contains("fetching file:");
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void fetchesOverHttpAndScanDoesTheSame() throws IOException {
        try (var server = GitHttpServer.start(folder.resolve("served"))) {
            String url = server.url("") + "app/.git";
            for (String command : List.of("git", "scan")) {
                Result result = run(command, url, AT);
                assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
                assertThat(findings(result))
                        .hasSize(3)
                        .allSatisfy(finding ->
                                assertThat(finding.at("/place/repository").asString())
                                        .isEqualTo(url));
                assertThat(temporary).isEmptyDirectory();
            }
        }
    }

    @Test
    void keepsWhatItFetchedAndFetchesOnlyWhatIsNew() throws IOException {
        try (var server = GitHttpServer.start(folder.resolve("served"))) {
            String url = server.url("") + "app/.git";
            String cache = folder.resolve("cache").toString();
            String state = folder.resolve("state").toString();
            Result first = run("git", url, AT, "--cache", cache, "--state", state);
            assertThat(findings(first)).as(first.err()).hasSize(3);
            assertThat(findings(run("git", url, AT, "--cache", cache, "--state", state))).isEmpty();
            repo.commit("c.txt", Tokens.any(4));
            repo.git("branch", "-q", "-D", "topic");
            Result third = run("git", url, AT, "--cache", cache, "--state", state);
            assertThat(findings(third)).as(third.err()).hasSize(1);
            Result whole = run("git", url, AT, "--cache", cache, "--branch", "main");
            assertThat(findings(whole)).as(whole.err()).hasSize(2);
        }
    }

    @Test
    void fetchesAsLittleAsItIsTold() throws IOException {
        repo.commit("old.txt", Tokens.any(7));
        repo.commit("old.txt", "gone");
        repo.commit("large.txt", "x".repeat(50_000));
        try (var server = GitHttpServer.start(folder.resolve("served"))) {
            String url = server.url("") + "app/.git";
            Result shallow = run("git", url, AT, "--depth", "1");
            assertThat(findings(shallow))
                    .as(shallow.err())
                    .extracting(finding -> finding.at("/place/path").asString())
                    .contains("b.txt")
                    .doesNotContain("old.txt");
            assertThat(shallow.exitCode()).isEqualTo(1);
            Result filtered = run("git", url, AT, "--filter", "blob:limit=10k", "--fail-on=never");
            assertThat(findings(filtered)).hasSize(4);
            assertThat(filtered.err()).contains("1 object was not fetched");
            assertThat(filtered.exitCode()).isEqualTo(3);
        }
    }

    @Test
    void takesPasswordsFromTheUrlTheEnvironmentNetrcAndHelpersAndShowsNone() throws IOException {
        String basic = basic("x-access-token");
        try (var server =
                GitHttpServer.start(folder.resolve("served"), Map.entry("Authorization", basic))) {
            String url = server.url("") + "app/.git";
            Result refused = run("git", url, AT);
            assertThat(refused.exitCode()).as(refused.err()).isEqualTo(3);
            assertThat(refused.err()).contains("cannot read " + url);

            Map<String, String> token = Map.of("GIT_TOKEN", PASSWORD);
            assertSecret(run(token, "git", url, AT, "--token-env", "GIT_TOKEN"));
            assertSecret(run(token, "git", url, AT, "--token-env", "127.0.0.1=GIT_TOKEN"));
            assertSecret(
                    run(
                            Map.of("GIT_HEADER", "Authorization: " + basic),
                            "git",
                            url,
                            AT,
                            "--header-env",
                            "GIT_HEADER"));
            assertSecret(
                    run("git", server.url("x-access-token:" + PASSWORD + "@") + "app/.git", AT));
            assertSecret(
                    run(
                            "git",
                            server.url("x-access-token:" + PASSWORD + "@") + "app/.git",
                            AT,
                            "--verbose"));

            Files.writeString(
                    home.resolve(".netrc"),
                    "machine 127.0.0.1 login x-access-token password " + PASSWORD + "\n");
            assertSecret(run("git", url, AT));
            Files.delete(home.resolve(".netrc"));

            Files.writeString(
                    home.resolve(".gitconfig"),
                    "[credential]\n\thelper = \"!f() { echo username=x-access-token; echo password="
                            + PASSWORD
                            + "; }; f\"\n");
            assertSecret(run("git", url, AT));
            Files.writeString(
                    home.resolve(".gitconfig"),
                    "[http \""
                            + server.url("")
                            + "\"]\n\textraHeader = \"Authorization: "
                            + basic
                            + "\"\n");
            assertSecret(run("git", url, AT));
        }
    }

    private static String basic(String user) {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString(
                                (user + ":" + PASSWORD).getBytes(StandardCharsets.US_ASCII));
    }

    private static void assertSecret(Result result) {
        assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
        assertThat(findings(result)).hasSize(3);
        assertThat(result.out() + result.err()).doesNotContain(PASSWORD, basic("x-access-token"));
    }

    @Test
    void aRefusedPasswordIsNotShown() throws IOException {
        try (var server =
                GitHttpServer.start(folder.resolve("served"), Map.entry("Authorization", "none"))) {
            Result result = run("git", server.url("user:" + PASSWORD + "@") + "app/.git", AT);
            assertThat(result.exitCode()).isEqualTo(3);
            assertThat(result.out() + result.err()).doesNotContain(PASSWORD);
        }
    }

    @Test
    void noSecretFollowsARedirectToAnotherHost() throws IOException {
        try (var server =
                GitHttpServer.start(folder.resolve("served"), Map.entry("X-Secret", ""))) {
            Result result =
                    run(
                            Map.of("HEADER", "X-Secret: " + PASSWORD),
                            "git",
                            server.url("") + "moved/app/.git",
                            AT,
                            "--header-env",
                            "HEADER");
            assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
            assertThat(server.seen).hasSize(1);
            Result without = run("git", server.url("") + "moved/app/.git", AT);
            assertThat(findings(without)).as(without.err()).hasSize(3);
        }
    }

    @Test
    void fetchesFromAGitDaemon() throws Exception {
        int port = freePort();
        Process daemon =
                new ProcessBuilder(
                                "git",
                                "daemon",
                                "--export-all",
                                "--listen=127.0.0.1",
                                "--port=" + port,
                                "--base-path=" + folder.resolve("served"))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("daemon.log").toFile())
                        .start();
        try {
            await(port);
            String url = "git://127.0.0.1:" + port + "/app/.git";
            Result result = run("git", url, AT);
            assertThat(findings(result)).as(result.err()).hasSize(3);
            assertThat(run("git", "git://127.0.0.1:" + port + "/none", AT).exitCode()).isEqualTo(3);
        } finally {
            end(daemon);
        }
    }

    @Test
    void fetchesOverSshWithKeyOrAgent() throws Exception {
        Path sshd = Path.of("/usr/sbin/sshd");
        assumeTrue(
                Files.isExecutable(sshd),
                "no /usr/sbin/sshd: ./verify installs openssh-server where it may");
        int port = freePort();
        Path ssh = Files.createDirectories(home.resolve(".ssh"));
        shell("ssh-keygen -q -t ed25519 -N '' -f host_key");
        shell("ssh-keygen -q -t ed25519 -N '' -f home/.ssh/id_ed25519");
        Files.createDirectories(Path.of("/run/sshd"));
        Files.writeString(
                folder.resolve("sshd_config"),
                """
                ListenAddress 127.0.0.1
                Port %d
                HostKey %s
                PidFile none
                StrictModes no
                UsePAM no
                PermitRootLogin yes
                PasswordAuthentication no
                AuthorizedKeysFile %s
                """
                        .formatted(
                                port, folder.resolve("host_key"), ssh.resolve("id_ed25519.pub")));
        Process server =
                new ProcessBuilder(
                                sshd.toString(),
                                "-D",
                                "-e",
                                "-f",
                                folder.resolve("sshd_config").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("sshd.log").toFile())
                        .start();
        try {
            await(port);
            String user = System.getProperty("user.name");
            String path = folder.resolve("served/app/.git").toString();
            String url = "ssh://" + user + "@127.0.0.1:" + port + path;
            Result unknown = run("git", url, AT);
            assertThat(unknown.exitCode()).as(unknown.err()).isEqualTo(3);

            String hostKey = Files.readString(folder.resolve("host_key.pub"));
            Files.writeString(ssh.resolve("known_hosts"), "[127.0.0.1]:" + port + " " + hostKey);
            Result result = run("git", url, AT);
            assertThat(findings(result))
                    .as(result.err() + Files.readString(folder.resolve("sshd.log")))
                    .hasSize(3);

            Files.writeString(
                    ssh.resolve("config"),
                    "Host served\n  HostName 127.0.0.1\n  Port %d\n  User %s\n"
                            .formatted(port, user));
            assertThat(findings(run("git", "served:" + path, AT))).hasSize(3);

            shell("mv home/.ssh/id_ed25519 key");
            assertThat(run("git", url, AT).exitCode()).isEqualTo(3);
            shell("ssh-agent -a agent.sock > agent.env && . ./agent.env && ssh-add -q key");
            try {
                Result byAgent =
                        run(
                                Map.of("SSH_AUTH_SOCK", folder.resolve("agent.sock").toString()),
                                "git",
                                url,
                                AT);
                assertThat(findings(byAgent)).as(byAgent.err()).hasSize(3);
            } finally {
                shell(". ./agent.env && kill $SSH_AGENT_PID");
            }
        } finally {
            end(server);
        }
    }

    @Test
    void searchesAListOfRepositoriesAndNamesThoseThatFail() throws IOException {
        GitRepo other = GitRepo.init(folder.resolve("other"));
        other.commit("o.txt", Tokens.any(9));
        try (var server = GitHttpServer.start(folder.resolve("served"))) {
            Files.writeString(
                    folder.resolve("repos.txt"),
                    """
                    # ours
                    %sapp/.git

                    other
                    %snone.git
                    nowhere
                    http://127.0.0.1:1/refused.git
                    """
                            .formatted(server.url(""), server.url("")));
            Result result = run("git", "--repos", "repos.txt", AT, "--fail-on=never");
            assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
            assertThat(findings(result)).hasSize(4);
            assertThat(result.err())
                    .contains(
                            "cannot read " + server.url("") + "none.git: ",
                            "/nowhere: not a Git repository",
                            "cannot read http://127.0.0.1:1/refused.git: ");
            assertThat(run("git", "--repos", "repos.txt", AT).exitCode()).isEqualTo(1);
            assertThat(temporary).isEmptyDirectory();
        }
    }

    @Test
    void asManyClonesAreThereAtATimeAsThereAreThreads() throws Exception {
        List<String> urls = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            GitRepo other = GitRepo.init(folder.resolve("served/other" + i));
            other.commit("o.txt", Tokens.any(10 + i));
            urls.add(other.folder().toUri().toString());
        }
        Files.write(folder.resolve("repos.txt"), urls);
        Process process =
                builder("git", "--repos", "repos.txt", AT, "--threads=2", "--fail-on=never")
                        .redirectOutput(folder.resolve("out.jsonl").toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        long most = 0;
        while (process.isAlive()) {
            most = Math.max(most, clones());
        }
        assertThat(process.exitValue()).isZero();
        assertThat(Files.readAllLines(folder.resolve("out.jsonl"))).hasSize(12);
        assertThat(most).isBetween(1L, 2L);
        assertThat(temporary).isEmptyDirectory();
    }

    /// How many there are just now.
    private long clones() {
        try (Stream<Path> files = Files.walk(temporary)) {
            return files.filter(file -> file.endsWith("HEAD")).count();
        } catch (IOException | UncheckedIOException e) {
            return 0; // one was removed meanwhile
        }
    }

    @Test
    void anInterruptedFetchLeavesNothingBehind() throws Exception {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process process =
                    builder("git", "http://127.0.0.1:" + silent.getLocalPort() + "/app.git")
                            .start();
            try (Socket asked = silent.accept()) {
                assertThat(asked.isConnected()).isTrue();
                try (Stream<Path> files = Files.list(temporary)) {
                    assertThat(files).isNotEmpty();
                }
                new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                        .inheritIO()
                        .start()
                        .waitFor();
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(process.exitValue()).isEqualTo(130);
            assertThat(temporary).isEmptyDirectory();
        }
    }

    @Test
    void whatIsHereLoadsNothingThatFetches() throws Exception {
        Path loaded = folder.resolve("loaded.txt");
        for (String command : List.of("git", "scan")) {
            int code =
                    new ProcessBuilder(
                                    System.getProperty("java.home") + "/bin/java",
                                    "-Xlog:class+load:file=" + loaded,
                                    "-jar",
                                    System.getProperty("jwtrawl.dist") + "/lib/jwtrawl.jar",
                                    command,
                                    repo.folder().toString(),
                                    "--output=" + folder.resolve("out.jsonl"))
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("log.txt").toFile())
                            .start()
                            .waitFor();
            assertThat(code).isEqualTo(1);
            assertThat(Files.readString(loaded))
                    .contains("io.jwtrawl.git.PackHistoryCrawler")
                    .doesNotContain("io.jwtrawl.git.remote", "org.apache.sshd", "org.bouncycastle");
        }
    }

    @Test
    void complainsOfWhatMakesNoSense() throws IOException {
        Files.writeString(folder.resolve("empty.txt"), "# none\n");
        Files.writeString(
                folder.resolve("two.txt"), "https://a.example/x.git\nhttps://b.example/y.git\n");
        for (String[] arguments :
                List.of(
                        new String[] {"git", "--repos", "empty.txt"},
                        new String[] {"git", "--repos", "missing.txt"},
                        new String[] {"git", "served/app", "--depth", "1"},
                        new String[] {"git", "https://a.example/x.git", "--depth", "0"},
                        new String[] {"git", "https://a.example/x.git", "--staged"},
                        new String[] {"git", "https://a.example/x.git", "--state", "s"},
                        new String[] {"git", "https://a.example/x.git", "--filter", "sparse:oid=1"},
                        new String[] {"git", "https://a.example/x.git", "--token-env", "UNSET"},
                        new String[] {"git", "--repos", "two.txt", "--token-env", "PATH"},
                        new String[] {"scan", "https://a.example/page.html"})) {
            Result result = run(arguments);
            assertThat(result.exitCode()).as(String.join(" ", arguments)).isEqualTo(2);
            assertThat(result.err().lines()).hasSize(1);
        }
    }

    /// The name is known to the proxy alone.
    @Test
    void fetchesThroughTheProxyOfTheEnvironment() throws IOException {
        String url = "http://git.jwtrawl-test.example/app/.git";
        String pair =
                Base64.getEncoder().encodeToString("me:p@ss".getBytes(StandardCharsets.UTF_8));
        try (var proxy =
                GitHttpServer.start(
                        folder.resolve("served"),
                        Map.entry("Proxy-Authorization", "Basic " + pair))) {
            Result result = run(Map.of("http_proxy", proxy.url("me:p%40ss@")), "git", url, AT);
            assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
            assertThat(findings(result)).hasSize(3);
            assertThat(proxy.seen).isNotEmpty();
            int before = proxy.seen.size();

            Result around =
                    run(
                            Map.of(
                                    "http_proxy",
                                    proxy.url("me:p%40ss@"),
                                    "no_proxy",
                                    "jwtrawl-test.example"),
                            "git",
                            url,
                            AT);
            assertThat(around.exitCode()).isEqualTo(3);
            assertThat(around.err()).contains(url).doesNotContain("p@ss");
            assertThat(proxy.seen).hasSize(before);
        }
    }

    @Test
    void namesAProxyThatItCannotUse() {
        Result result =
                run(
                        Map.of("https_proxy", "socks5://me:hush@127.0.0.1:1080"),
                        "git",
                        "https://git.example/app.git");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .contains("https_proxy: SOCKS proxies are not supported")
                .doesNotContain("hush");
    }

    private Result run(String... arguments) {
        return run(Map.of(), arguments);
    }

    private Result run(Map<String, String> environment, String... arguments) {
        try {
            var builder = builder(arguments);
            builder.environment().putAll(environment);
            Path out = Files.createTempFile(folder, "test", ".out");
            Path err = Files.createTempFile(folder, "test", ".err");
            int code =
                    builder.redirectOutput(out.toFile())
                            .redirectError(err.toFile())
                            .start()
                            .waitFor();
            String errors =
                    String.join(
                            "\n",
                            Files.readString(err)
                                    .lines()
                                    .filter(line -> !line.startsWith("NOTE: Picked up"))
                                    .toList());
            return new Result(code, Files.readString(out), errors);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private ProcessBuilder builder(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(System.getProperty("jwtrawl.dist") + "/bin/jwtrawl"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        environment.remove("SSH_AUTH_SOCK");
        environment.put("HOME", home.toString());
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put(
                "JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary + " -Duser.home=" + home);
        return builder;
    }

    private void shell(String line) {
        GitRepo.at(folder).shell(line);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void await(int port) throws InterruptedException {
        for (int attempt = 0; attempt < 600; attempt++) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(socket.isConnected()).isTrue();
                return;
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
        throw new IllegalStateException("nobody listens");
    }

    private static void end(Process process) throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        process.waitFor();
    }

    private static List<JsonNode> findings(Result result) {
        return result.out().lines().map(JSON::readTree).filter(line -> line.has("token")).toList();
    }
}
