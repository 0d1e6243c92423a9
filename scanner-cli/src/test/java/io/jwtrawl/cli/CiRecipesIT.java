package io.jwtrawl.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.testkit.GitRepo;
import io.jwtrawl.testkit.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What runs in a pipeline, in clones as pipelines have them, with the variables that each system sets.
class CiRecipesIT {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String ZEROS = "0".repeat(40);

    @TempDir private Path folder;

    private GitRepo clone;
    private String before;

    /// A token in the base branch, and another one that came in on a branch of its own.
    @BeforeEach
    void cloneABranch() {
        GitRepo origin = GitRepo.init(folder.resolve("origin"), "-b", "main");
        origin.commit("old.env", Tokens.signed("{\"exp\":4102444800,\"jti\":\"old\"}"));
        before = origin.head();
        origin.shell("git checkout -q -b feature");
        origin.commit("new.env", Tokens.signed("{\"exp\":4102444800,\"jti\":\"new\"}"));
        origin.shell("cd .. && git clone -q origin clone");
        clone = GitRepo.at(folder.resolve("clone"));
    }

    private Map<String, String> platform(String name) {
        return switch (name) {
            case "github-pull-request" ->
                    Map.of(
                            "GITHUB_ACTIONS",
                            "true",
                            "GITHUB_EVENT_NAME",
                            "pull_request",
                            "GITHUB_BASE_REF",
                            "main");
            case "github-push" ->
                    Map.of(
                            "GITHUB_ACTIONS",
                            "true",
                            "GITHUB_EVENT_NAME",
                            "push",
                            "JWTRAWL_BASE",
                            before);
            case "gitlab-merge-request" ->
                    Map.of(
                            "GITLAB_CI",
                            "true",
                            "CI_COMMIT_BEFORE_SHA",
                            ZEROS,
                            "CI_MERGE_REQUEST_DIFF_BASE_SHA",
                            before);
            case "gitlab-push" -> Map.of("GITLAB_CI", "true", "CI_COMMIT_BEFORE_SHA", before);
            case "azure" ->
                    Map.of(
                            "TF_BUILD",
                            "True",
                            "SYSTEM_PULLREQUEST_TARGETBRANCH",
                            "refs/heads/main");
            case "bitbucket" ->
                    Map.of(
                            "BITBUCKET_BUILD_NUMBER",
                            "7",
                            "BITBUCKET_PR_DESTINATION_BRANCH",
                            "main");
            case "jenkins" -> Map.of("JENKINS_URL", "http://ci.example", "CHANGE_TARGET", "main");
            case "jenkins-branch" ->
                    Map.of(
                            "JENKINS_URL",
                            "http://ci.example",
                            "GIT_PREVIOUS_SUCCESSFUL_COMMIT",
                            before);
            // The whole history, since nothing is known, or not here.
            case "no-system" -> Map.of();
            case "gitlab-new-branch" -> Map.of("GITLAB_CI", "true", "CI_COMMIT_BEFORE_SHA", ZEROS);
            case "gone" -> Map.of("GITLAB_CI", "true", "CI_COMMIT_BEFORE_SHA", "1".repeat(40));
            case "hostile" ->
                    Map.of("JENKINS_URL", "x", "CHANGE_TARGET", "--output=$(touch pwned)`x`;x");
            default -> throw new IllegalArgumentException(name);
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "github-pull-request",
                "github-push",
                "gitlab-merge-request",
                "gitlab-push",
                "azure",
                "bitbucket",
                "jenkins",
                "jenkins-branch"
            })
    void searchesWhatCameIn(String name) throws Exception {
        String out = run(platform(name), Launcher.HOME + "/bin/jwtrawl-ci --format jsonl");
        assertThat(out).contains("new.env").doesNotContain("old.env").endsWith("exit 1\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-system", "gitlab-new-branch", "gone", "hostile"})
    void searchesAllWhereNothingIsKnown(String name) throws Exception {
        String out = run(platform(name), Launcher.HOME + "/bin/jwtrawl-ci --format jsonl");
        assertThat(out).contains("new.env", "old.env", "the whole history").endsWith("exit 1\n");
        assertThat(clone.folder().resolve("pwned")).doesNotExist();
    }

    @Test
    void theGitHubActionWritesSarifAndASummary() throws Exception {
        Map<String, String> environment = new HashMap<>(platform("github-pull-request"));
        environment.put("INPUT_FAIL_ON", "medium");
        environment.put("INPUT_SARIF", "jwtrawl.sarif");
        environment.put("INPUT_WHOLE_HISTORY", "false");
        environment.put("INPUT_OPTIONS", "--category ours --no-archives");
        environment.put("GITHUB_STEP_SUMMARY", folder.resolve("summary.md").toString());
        environment.put("PATH", Launcher.HOME.resolve("bin") + ":" + System.getenv("PATH"));
        Files.writeString(folder.resolve("summary.md"), "from another step\n");
        String out = run(environment, "'" + ROOT + "/ci/github'");
        assertThat(out).endsWith("exit 1\n");
        assertThat(Files.readString(clone.folder().resolve("jwtrawl.sarif")))
                .contains("\"id\":\"ours/\"", "new.env")
                .doesNotContain("old.env");
        assertThat(Files.readString(folder.resolve("summary.md")))
                .startsWith("from another step\n## JSON Web Tokens")
                .contains("new&#46;env");
    }

    /// The recipes call nothing that is not there, and give it only options that it has.
    @Test
    void whatTheRecipesRunIsThere() throws IOException {
        for (String recipe :
                List.of(
                        "gitlab-ci.yml",
                        "Jenkinsfile",
                        "azure-pipelines.yml",
                        "bitbucket-pipelines.yml")) {
            String text = Files.readString(ROOT.resolve("ci").resolve(recipe));
            assertThat(text).contains("jwtrawl-ci --fail-on");
            text.lines()
                    .filter(line -> line.contains("jwtrawl-ci "))
                    .flatMap(line -> Arrays.stream(line.split("[ ']+")))
                    .filter(word -> word.startsWith("--"))
                    .forEach(word ->
                            assertThat(new GitCommand().options().hasLongOption(word.substring(2)))
                                    .as(recipe + ": " + word)
                                    .isTrue());
        }
        assertThat(Files.readString(ROOT.resolve("action.yml"))).contains("ci/github");
        assertThat(ROOT.resolve("ci/github")).isExecutable();
    }

    private String run(Map<String, String> environment, String command)
            throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder("sh", "-c", command + "; echo exit $?")
                        .directory(clone.folder().toFile())
                        .redirectErrorStream(true);
        List.of("GITHUB_ACTIONS", "GITLAB_CI", "TF_BUILD", "JENKINS_URL", "BITBUCKET_BUILD_NUMBER")
                .forEach(builder.environment()::remove);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return out;
    }
}
