package io.jwtrawl.bench;

import io.jwtrawl.bench.BruteHistory.Spot;
import io.jwtrawl.bench.BruteHistory.Story;
import io.jwtrawl.source.PathText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Compares what the distribution reports of real repositories with what the git command line and the plain detector say of
/// them: which tokens at which paths, and with which commits they came and went.
public final class HistoryCheck {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private HistoryCheck() {}

    /// @param arguments the launcher, then the repositories
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int differences = 0;
        System.out.println(
                "| repository | objects with tokens | tokens at paths | in messages | differences |");
        System.out.println("|---|---|---|---|---|");
        for (String repository : List.of(arguments).subList(1, arguments.length)) {
            differences += check(Path.of(arguments[0]), Path.of(repository));
        }
        System.exit(differences == 0 ? 0 : 1);
    }

    private static int check(Path launcher, Path repository)
            throws IOException, InterruptedException {
        Map<String, Set<String>> tokens = ObjectTokens.of(repository);
        Map<Spot, Story> stories = new HashMap<>(BruteHistory.of(repository, tokens));
        Set<String> messages = messages(repository, tokens);
        Set<String> inHead = inHead(repository, tokens);
        int count = stories.size();
        int messageCount = messages.size();
        Set<String> differences = new TreeSet<>();
        String lines =
                Program.output(
                        repository,
                        List.of(
                                launcher.toString(),
                                "git",
                                ".",
                                "--format=jsonl",
                                "--fail-on=never",
                                "--quiet"));
        Set<Spot> told = new HashSet<>();
        for (String line : lines.lines().filter(text -> !text.isBlank()).toList()) {
            JsonNode finding = JSON.readTree(line);
            String token = finding.at("/token/id").asString();
            String path = finding.at("/place/path").asString();
            if (path.startsWith("commit:") || path.startsWith("tag:")) {
                if (!messages.remove(token + " " + path.substring(path.indexOf(':') + 1))) {
                    differences.add("not in a message: " + token + " " + path);
                }
                continue;
            }
            var spot = new Spot(token, path);
            Story story = stories.get(spot);
            if (story == null) {
                differences.add("not in history: " + spot);
                continue;
            }
            told.add(spot);
            JsonNode place = finding.get("place");
            if (!story.introduced().contains(place.path("introducedBy").asString())) {
                differences.add("not introduced by " + place.path("introducedBy") + ": " + spot);
            }
            if (place.path("removedBy").isString()
                    && !story.removed().contains(place.path("removedBy").asString())) {
                differences.add("not removed by " + place.path("removedBy") + ": " + spot);
            }
            if (place.path("inHead").asBoolean() != inHead.contains(token + " " + path)) {
                differences.add("inHead is wrong: " + spot);
            }
        }
        stories.keySet().removeAll(told);
        stories.keySet().forEach(spot -> differences.add("not reported: " + spot));
        messages.forEach(message -> differences.add("not reported: " + message));
        System.out.printf(
                "| %s | %d | %d | %d | %d |%n",
                repository.getFileName(), tokens.size(), count, messageCount, differences.size());
        differences.forEach(System.err::println);
        return differences.size();
    }

    /// Tokens and the commits or tags that refs lead to and that have them in their text.
    private static Set<String> messages(Path repository, Map<String, Set<String>> tokens)
            throws IOException, InterruptedException {
        Set<String> messages = new HashSet<>();
        String listed =
                Program.output(
                        repository,
                        List.of("git", "rev-list", "--all", "--objects", "--no-object-names"));
        Set<String> reachable = new HashSet<>(listed.lines().toList());
        List<String> candidates = tokens.keySet().stream().filter(reachable::contains).toList();
        for (String id : candidates) {
            String type = Program.output(repository, List.of("git", "cat-file", "-t", id));
            if (type.equals("commit") || type.equals("tag")) {
                tokens.getOrDefault(id, Set.of()).forEach(token -> messages.add(token + " " + id));
            }
        }
        return messages;
    }

    private static Set<String> inHead(Path repository, Map<String, Set<String>> tokens)
            throws IOException, InterruptedException {
        Set<String> inHead = new HashSet<>();
        String head =
                Program.output(
                        repository, List.of("sh", "-c", "git rev-parse -q --verify HEAD || :"));
        if (head.isEmpty()) {
            return inHead; // it may name a branch that is not there
        }
        String listed = Program.output(repository, List.of("git", "ls-tree", "-r", "-z", "HEAD"));
        for (String entry : listed.split("\0")) {
            int tab = entry.indexOf('\t');
            if (tab > 0) {
                String blob = entry.substring(0, tab).split(" ")[2];
                String path = PathText.escape(entry.substring(tab + 1));
                tokens.getOrDefault(blob, Set.of())
                        .forEach(token -> inHead.add(token + " " + path));
            }
        }
        return inHead;
    }
}
