package io.jwtrawl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jwtrawl.testkit.GitRepo;
import io.jwtrawl.testkit.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Hooks as Git itself runs them.
class HookIT {

    private static final String TOKEN =
            Tokens.signed("{\"iss\":\"https://issuer.example.org\",\"exp\":4102444800}");

    @TempDir Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init") // before each test
    private GitRepo repo;

    @BeforeEach
    void makeRepository() {
        repo = GitRepo.init(folder.resolve("repo"));
    }

    private static void install(GitRepo where, String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "hook";
        all[1] = "install";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        var result = Launcher.run(where.folder(), all);
        assertThat(result.exitCode()).as(result.err()).isZero();
    }

    private void assertStopped(String... arguments) {
        assertThatThrownBy(() -> repo.git(arguments))
                .hasMessageContaining("jwtrawl: stopped")
                .hasMessageNotContaining(TOKEN);
    }

    /// As `pre-commit install` does with what it finds.
    @Test
    void runsWhatWasThereBeforeUnderAnyNameOfItsOwn() throws IOException {
        Path hooks = Files.createDirectories(repo.folder().resolve(".git/hooks"));
        Path first =
                Files.writeString(
                        hooks.resolve("pre-commit"), "#!/bin/sh\necho first >&2\nexit 7\n");
        assertThat(first.toFile().setExecutable(true)).isTrue();
        install(repo);
        Files.move(first, hooks.resolve("pre-commit.legacy"));
        Files.writeString(first, "#!/bin/sh\nexec \"$0.legacy\"\n");
        assertThat(first.toFile().setExecutable(true)).isTrue();
        repo.write("a.txt", "clean").git("add", ".");
        assertThatThrownBy(() -> repo.git("commit", "-m", "x")).hasMessageContaining("first");
    }

    /// As other tools call it.
    @Test
    void stopsNothingWhereJavaCannotStart() {
        repo.write("a.txt", "x\nkey = " + TOKEN).git("add", ".");
        Map<String, String> tooLittle = Map.of("JAVA_TOOL_OPTIONS", "-Xmx1k");
        var passed = Launcher.run(repo.folder(), "", tooLittle, "hook", "run");
        assertThat(passed.exitCode()).isZero();
        assertThat(passed.err()).contains("the hook failed (exit code 1); Git goes on");
        var stopped = Launcher.run(repo.folder(), "", tooLittle, "hook", "run", "--strict");
        assertThat(stopped.exitCode()).isEqualTo(1);
        assertThat(stopped.err()).contains("stopped, as --strict asks for");
        assertThat(Launcher.run(repo.folder(), "hook", "run").exitCode()).isEqualTo(1);
    }

    @Test
    void stopsPushesToAServerWithLongIds() {
        GitRepo server =
                GitRepo.init(folder.resolve("server.git"), "--bare", "--object-format=sha256");
        GitRepo client = GitRepo.init(folder.resolve("client"), "--object-format=sha256");
        client.commit("a.txt", "key = " + TOKEN);
        for (String kind : List.of("pre-receive", "update")) {
            install(server, kind);
            assertThatThrownBy(() -> client.git("push", "../server.git", "HEAD:refs/heads/x"))
                    .hasMessageContaining("jwtrawl: stopped");
            assertThat(Launcher.run(server.folder(), "hook", "uninstall", kind).exitCode())
                    .isZero();
        }
    }

    @Test
    void stopsACommitAndSaysWhatToDo() {
        install(repo);
        repo.write("a.txt", "x\nkey = " + TOKEN).git("add", ".");
        assertThatThrownBy(() -> repo.git("commit", "-m", "x"))
                .hasMessageContaining("a.txt:2")
                .hasMessageContaining("https://issuer.example.org")
                .hasMessageContaining("still valid until 2100-01-01T00:00:00Z")
                .hasMessageContaining("jwtrawl:allow")
                .hasMessageContaining("JWTRAWL_SKIP=1")
                .satisfies(e ->
                        assertThat(String.valueOf(e.getMessage()).lines()).hasSizeLessThan(14));
        repo.write("a.txt", "clean").git("add", ".");
        repo.git("commit", "-q", "-m", "x");
        repo.write("b.txt", TOKEN).git("add", ".");
        assertThat(
                        repo.shell(
                                "JWTRAWL_SKIP=1 git -c user.name=x -c user.email=x commit -m skipped"))
                .contains("nothing was searched");
    }

    @Test
    void knowsPartialStagingAllAmendAndSingleFiles() {
        install(repo);
        repo.write("a.txt", "clean").git("add", ".");
        repo.write("a.txt", TOKEN); // not staged
        repo.git("commit", "-q", "-m", "only what is staged");
        assertStopped("commit", "-a", "-m", "x");
        assertStopped("commit", "-m", "x", "a.txt");
        repo.git("add", ".");
        assertStopped("commit", "--amend", "-m", "x");
        repo.git("mv", "a.txt", "b.txt");
        assertStopped("commit", "-m", "x");
    }

    @Test
    void worksInLinkedWorktreesAndConflicts() {
        repo.commit("a.txt", "base");
        install(repo);
        repo.git("worktree", "add", "-q", "../other");
        GitRepo other = GitRepo.at(folder.resolve("other"));
        other.write("t.txt", TOKEN).git("add", ".");
        assertThatThrownBy(() -> other.git("commit", "-m", "x"))
                .hasMessageContaining("jwtrawl: stopped");
        repo.git("checkout", "-q", "-b", "topic");
        repo.commit("a.txt", "topic");
        repo.git("checkout", "-q", "main");
        repo.commit("a.txt", "main");
        repo.shell("git merge -q topic || true");
        repo.write("a.txt", TOKEN).git("add", ".");
        assertStopped("commit", "-m", "merged");
    }

    @Test
    void keepsTheHookThatIsThereAndPutsItBack() throws IOException {
        Path hook = repo.folder().resolve(".git/hooks/pre-commit");
        String old = "#!/bin/sh\necho \"the old one: $#\"\nexit 0 # é\n";
        Files.createDirectories(hook.getParent());
        Files.writeString(hook, old);
        assertThat(hook.toFile().setExecutable(true)).isTrue();
        byte[] before = Files.readAllBytes(hook);
        install(repo);
        install(repo); // again, which changes nothing
        repo.write("a.txt", "clean").git("add", ".");
        assertThat(repo.git("commit", "-m", "x")).contains("the old one: 0");
        assertThat(Launcher.run(repo.folder(), "hook", "uninstall").exitCode()).isZero();
        assertThat(Files.readAllBytes(hook)).isEqualTo(before);
        assertThat(hook.toFile().canExecute()).isTrue();
        assertThat(Launcher.run(repo.folder(), "hook", "uninstall").err()).contains("not ours");
        assertThat(Files.readAllBytes(hook)).isEqualTo(before);
    }

    @Test
    void addsLinesToTheScriptsOfHuskyAndTakesThemOut() throws IOException {
        for (String path : new String[] {".husky", ".husky/_"}) {
            repo.git("config", "core.hooksPath", path);
            Path script = repo.folder().resolve(".husky/pre-commit");
            Files.createDirectories(script.getParent());
            Files.writeString(script, "echo no line end");
            install(repo);
            assertThat(script).content().contains("jwtrawl hook run pre-commit");
            Launcher.run(repo.folder(), "hook", "uninstall");
            assertThat(script).hasContent("echo no line end");
        }
    }

    @Test
    void globalHooksRunThoseOfTheRepositoryToo() throws IOException {
        Path home = Files.createDirectories(folder.resolve("home"));
        Map<String, String> user =
                Map.of("HOME", home.toString(), "XDG_CONFIG_HOME", home.resolve("c").toString());
        assertThat(Launcher.run(repo.folder(), "", user, "hook", "install", "--global").exitCode())
                .isZero();
        Files.createDirectories(repo.folder().resolve(".git/hooks"));
        Path own =
                Files.writeString(
                        repo.folder().resolve(".git/hooks/pre-commit"), "#!/bin/sh\necho own\n");
        assertThat(own.toFile().setExecutable(true)).isTrue();
        repo.write("a.txt", "clean").git("add", ".");
        String commit =
                "HOME="
                        + home
                        + " XDG_CONFIG_HOME="
                        + home
                        + "/c GIT_CONFIG_GLOBAL="
                        + home
                        + "/.gitconfig git -c user.name=x -c user.email=x commit -m x 2>&1";
        assertThat(repo.shell(commit)).contains("own");
        repo.write("a.txt", TOKEN).git("add", ".");
        assertThat(repo.shell(commit + " || true")).contains("jwtrawl: stopped");
        Launcher.run(repo.folder(), "", user, "hook", "uninstall", "--global");
        assertThat(home.resolve(".gitconfig")).content().doesNotContain("hooksPath");
        assertThat(home.resolve("c/jwtrawl/hooks")).doesNotExist();
    }

    @Test
    void stopsNothingWhenItFailsUnlessItIsStrict() throws IOException {
        repo.write("a.txt", "clean").git("add", ".");
        repo.commit("first");
        Path index = repo.folder().resolve(".git/broken");
        Files.writeString(index, "no index at all");
        Map<String, String> broken = Map.of("GIT_INDEX_FILE", index.toString());
        var loose = Launcher.run(repo.folder(), "", broken, "hook", "run");
        assertThat(loose.exitCode()).isZero();
        assertThat(loose.err()).contains("not an index", "the commit goes on");
        assertThat(Launcher.run(repo.folder(), "", broken, "hook", "run", "--strict").exitCode())
                .isEqualTo(1);
        assertThat(Launcher.run(folder, "hook", "run").err()).contains("not a Git repository");
        install(repo);
        repo.shell("sed -i \"s|^home=.*|home=/nowhere|\" .git/hooks/pre-commit");
        repo.write("b.txt", TOKEN).git("add", ".");
        assertThat(repo.git("commit", "-m", "x")).contains("the hook failed", "the commit goes on");
    }

    @Test
    void stopsAPushOfWhatTheRemoteDoesNotHave() {
        GitRepo server = GitRepo.init(folder.resolve("server.git"), "--bare");
        repo.git("remote", "add", "origin", server.folder().toString());
        repo.commit("a.txt", TOKEN);
        repo.git("push", "-q", "origin", "main");
        install(repo, "pre-push");
        repo.commit("b.txt", "clean");
        repo.git("push", "-q", "origin", "main");
        repo.commit("c.txt", "new " + Tokens.signed("{\"exp\":4102444800}"));
        assertStopped("push", "origin", "main");
        repo.git("push", "-q", "origin", "HEAD~1:refs/heads/other");
        repo.git("push", "-q", "origin", ":other");
    }

    @Test
    void refusesAPushOnTheServer() {
        for (String kind : new String[] {"pre-receive", "update"}) {
            GitRepo server = GitRepo.init(folder.resolve(kind + ".git"), "--bare");
            install(server, kind);
            repo.shell(
                    "git remote remove origin 2>/dev/null; git remote add origin ../"
                            + kind
                            + ".git");
            repo.git("checkout", "-q", "-B", "clean-" + kind);
            repo.commit("clean");
            repo.git("push", "-q", "origin", "HEAD");
            repo.commit(kind + ".txt", TOKEN);
            assertThatThrownBy(() -> repo.git("push", "origin", "HEAD"))
                    .hasMessageContaining("jwtrawl: stopped")
                    .hasMessageContaining("hook declined");
            repo.git("reset", "-q", "--hard", "HEAD~1");
        }
    }
}
