package io.jwtrawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.cli.Launcher.Result;
import io.jwtrawl.testkit.GitRepo;
import io.jwtrawl.testkit.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Repositories whose author wants the scanner to run something, or to look elsewhere.
class HostileRepositoryIT {

    private static final String AT = "--at=2026-01-10T00:00:00Z";

    /// Whatever Git runs that is configured, as far as it runs it by itself.
    private static final List<String> COMMANDS =
            List.of(
                    "core.fsmonitor",
                    "core.sshCommand",
                    "core.pager",
                    "core.editor",
                    "core.gitProxy",
                    "core.alternateRefsCommand",
                    "core.askPass",
                    "filter.trap.clean",
                    "filter.trap.smudge",
                    "filter.trap.process",
                    "diff.external",
                    "diff.trap.textconv",
                    "diff.trap.command",
                    "merge.trap.driver",
                    "gpg.program",
                    "credential.helper",
                    "sequence.editor",
                    "uploadpack.packObjectsHook",
                    "remote.origin.uploadpack",
                    "remote.origin.vcs");

    @TempDir Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init") // before each test
    private GitRepo repo;

    private Path trapped = Path.of("");

    @BeforeEach
    void makeRepository() throws IOException {
        repo = GitRepo.init(folder.resolve("repo"));
        trapped = folder.resolve("trapped");
        repo.write(".gitattributes", "* filter=trap diff=trap merge=trap\n");
        repo.commit("a.txt", Tokens.any(1));
        repo.write("b.txt", Tokens.any(2)).git("add", "b.txt");
        repo.write("c.txt", Tokens.any(3));
        Path trap = folder.resolve("trap");
        Files.writeString(trap, "#!/bin/sh\necho \"$0 $*\" >> '" + trapped + "'\ncat\n");
        assertThat(trap.toFile().setExecutable(true)).isTrue();
        for (String command : COMMANDS) {
            repo.git("config", command, trap.toString());
        }
        for (String name : List.of("status", "log", "rev-parse", "cat-file", "config")) {
            repo.git("config", "alias." + name, "!" + trap);
        }
        repo.git("config", "protocol.ext.allow", "always");
        repo.git("config", "remote.origin.url", "ext::" + trap);
        repo.git("config", "submodule.sub.url", "ext::" + trap);
        repo.git("config", "submodule.sub.update", "!" + trap);
        repo.write(
                ".gitmodules",
                "[submodule \"sub\"]\n\tpath = sub\n\turl = ext::"
                        + trap
                        + "\n\tupdate = !"
                        + trap
                        + "\n");
        Path hooks = Files.createDirectories(repo.folder().resolve(".git/hooks"));
        for (String hook :
                List.of(
                        "post-checkout",
                        "pre-commit",
                        "fsmonitor-watchman",
                        "post-index-change",
                        "reference-transaction",
                        "pre-auto-gc",
                        "pre-receive",
                        "update",
                        "proc-receive",
                        "post-upload-pack")) {
            Files.copy(trap, hooks.resolve(hook));
            assertThat(hooks.resolve(hook).toFile().setExecutable(true)).isTrue();
        }
        Files.deleteIfExists(trapped);
    }

    @Test
    void nothingThatARepositoryAsksForIsRun() {
        for (List<String> arguments :
                List.of(
                        List.of("scan", "."),
                        List.of("git", "."),
                        List.of("git", ".", "--all-objects"),
                        List.of("git", ".", "--range", "HEAD"),
                        List.of("git", ".", "--staged"),
                        List.of("git", ".", "--worktree"),
                        List.of("git", ".", "--state", folder.resolve("state").toString()),
                        List.of("git", "file://" + repo.folder()))) {
            Result result = run(repo.folder(), arguments);
            assertThat(result.exitCode()).as("%s %s", arguments, result.err()).isEqualTo(1);
            assertThat(trapped).as("%s", arguments).doesNotExist();
        }
    }

    /// The traps do work.
    @Test
    void gitItselfWouldBeCaught() {
        repo.shell("git add . || :; git status || :");
        assertThat(trapped).exists();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gitdir: /dev/zero",
                "gitdir: .git",
                "gitdir: /nowhere/at/all",
                "gitdir: ../../../../../../../../etc",
                "gitdir: \0\0",
                "gitdir: ",
                "no such line"
            })
    void aGitFileThatLeadsAstrayIsAFileLikeOthers(String content) throws IOException {
        Path victim = Files.createDirectories(folder.resolve("victim"));
        Files.writeString(victim.resolve(".git"), content);
        Files.writeString(victim.resolve("a.txt"), Tokens.any(4));
        Result result = run(victim, List.of("scan", "."));
        assertThat(result.out()).as(result.err()).contains("a.txt");
        assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
    }

    /// One that holds no repository.
    @Test
    void aCommonFolderElsewhereIsNoWayOut() throws IOException {
        Path secret = Files.createDirectories(folder.resolve("secret"));
        Files.writeString(secret.resolve("key.txt"), Tokens.any(7));
        Files.writeString(repo.folder().resolve(".git/commondir"), secret.toString());
        Result result = run(repo.folder(), List.of("git", "."));
        assertThat(result.out()).doesNotContain("key.txt");
        assertThat(result.exitCode()).as(result.err()).isIn(2, 3);
    }

    @Test
    void whoOwnsARepositoryPlaysNoPart() throws IOException {
        Path git = repo.folder().resolve(".git");
        if (!Files.getOwner(git).getName().equals("root")) {
            return; // only root can give it away
        }
        repo.shell("chown -R nobody .git");
        Result result = run(repo.folder(), List.of("git", "."));
        assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
        assertThat(result.err()).doesNotContain("cannot read");
    }

    private static Result run(Path folder, List<String> arguments) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of(AT, "--format=jsonl"));
        return Launcher.run(folder, all.toArray(String[]::new));
    }
}
