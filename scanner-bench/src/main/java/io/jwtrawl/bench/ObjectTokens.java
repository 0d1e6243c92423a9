package io.jwtrawl.bench;

import io.jwtrawl.detect.Limits;
import io.jwtrawl.engine.Engine;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.source.Blob;
import io.jwtrawl.source.BlobSink;
import io.jwtrawl.source.Content;
import io.jwtrawl.source.GitObjectType;
import io.jwtrawl.source.Provenance;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Which tokens are in which objects of a repository: every object that `git cat-file` prints, given to the detector as it
/// is.
final class ObjectTokens {

    private ObjectTokens() {}

    /// The ids of tokens by object id.
    static Map<String, Set<String>> of(Path repository) throws InterruptedException {
        var rules = RuleSet.builtIn();
        var engine =
                new Engine(
                        rules,
                        rules.policy("default"),
                        Limits.DEFAULT,
                        1,
                        List.of(sink -> crawl(repository, sink)),
                        List.of());
        Map<String, Set<String>> tokens = new HashMap<>();
        engine.scan(Instant.EPOCH)
                .findings()
                .forEach(finding -> {
                    var object = (Provenance.GitObject) finding.sighting().provenance().outermost();
                    tokens.computeIfAbsent(object.objectId(), _ -> new HashSet<>())
                            .add(finding.sighting().token().id().hex());
                });
        return tokens;
    }

    private static void crawl(Path repository, BlobSink sink) throws InterruptedException {
        try {
            Process git =
                    new ProcessBuilder(
                                    "git",
                                    "-C",
                                    repository.toString(),
                                    "cat-file",
                                    "--batch-all-objects",
                                    "--batch",
                                    "--unordered",
                                    "--buffer")
                            .start();
            git.getOutputStream().close();
            var in = new DataInputStream(new BufferedInputStream(git.getInputStream(), 1 << 20));
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                String[] words = line.split(" ");
                byte[] content = new byte[Integer.parseInt(words[2])];
                in.readFully(content);
                in.readByte();
                var type = GitObjectType.valueOf(words[1].toUpperCase(Locale.ROOT));
                if (type != GitObjectType.TREE) {
                    sink.accept(
                            new Blob(
                                    new Provenance.GitObject(repository, words[0], type),
                                    new Content.InMemory(content)));
                }
            }
        } catch (IOException e) {
            sink.unreadable(new Provenance.LocalFile(repository, repository), e);
        }
    }

    private static String line(DataInputStream in) throws IOException {
        var line = new StringBuilder();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            line.append((char) b);
        }
        return line.toString();
    }
}
