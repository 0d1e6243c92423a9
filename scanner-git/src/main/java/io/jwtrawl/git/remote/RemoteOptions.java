package io.jwtrawl.git.remote;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// How repositories are brought here.
///
/// @param cache where they are kept for the next time; if nowhere, they are removed in the end
/// @param depth how many commits from each tip on; all, if empty
/// @param filter what is left out, as `git clone --filter` takes it
/// @param headers a header for each host, `NAME: VALUE`
/// @param tokens what each host takes for a password
/// @param progress learns what is done, in lines for people
public record RemoteOptions(
        Optional<Path> cache,
        OptionalInt depth,
        Optional<String> filter,
        Map<String, String> headers,
        Map<String, String> tokens,
        Consumer<String> progress) {

    /// Headers and tokens are secret.
    @Override
    public String toString() {
        return "RemoteOptions[cache=%s, depth=%s, filter=%s]".formatted(cache, depth, filter);
    }
}
