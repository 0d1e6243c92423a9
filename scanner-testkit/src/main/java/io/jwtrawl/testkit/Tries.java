package io.jwtrawl.testkit;

import java.util.Random;
import java.util.function.Consumer;

/// Runs a property many times, each time with a random of its own, and says with which seed it failed.
///
/// The usual tries are the same each time, so that what a build says depends on the change alone; whoever looks for more
/// says how many and from which seed on.
public final class Tries {

    private Tries() {}

    /// @param usual how often, unless the system property `jwtrawl.tries` says otherwise
    public static void run(int usual, Consumer<Random> property) {
        long first = Long.getLong("jwtrawl.seed", 0);
        int tries = Integer.getInteger("jwtrawl.tries", usual);
        for (int i = 0; i < tries; i++) {
            long seed = first + i;
            try {
                property.accept(new Random(seed));
            } catch (RuntimeException | Error e) {
                throw new AssertionError("failed with -Djwtrawl.tries=1 -Djwtrawl.seed=" + seed, e);
            }
        }
    }
}
