package io.jwtrawl.cli;

import io.jwtrawl.git.ReceivedRef;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The lines that Git writes to the `pre-receive` hook of a server: `OLD NEW REF`.
final class ReceivedRefs {

    private ReceivedRefs() {}

    static List<ReceivedRef> read(InputStream in) throws IOException {
        List<ReceivedRef> refs = new ArrayList<>();
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.isBlank()) {
                refs.add(
                        ReceivedRef.parse(line)
                                .orElseThrow(() ->
                                        new UsageException(
                                                "--received: a line is not 'OLD NEW REF', as Git writes them to a"
                                                        + " pre-receive hook")));
            }
        }
        return refs;
    }
}
