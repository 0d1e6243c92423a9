package io.jwtrawl.git;

import io.jwtrawl.git.objects.HashFormat;
import io.jwtrawl.git.objects.IdTable;
import io.jwtrawl.git.objects.Links;
import io.jwtrawl.git.objects.ObjectId;
import java.util.Optional;

/// Numbers the commits or the trees of a history: as [Links] number them, and from there on those that [Links] do not
/// know.
final class ObjectNumbers {

    private final Optional<Links> links;
    private final boolean areTrees;
    private final int linked;
    private final IdTable others;

    private ObjectNumbers(Optional<Links> links, boolean areTrees, HashFormat format) {
        this.links = links;
        this.areTrees = areTrees;
        linked = links.isPresent() ? links.get().count() : 0;
        others = new IdTable(format);
    }

    static ObjectNumbers ofCommits(Optional<Links> links, HashFormat format) {
        return new ObjectNumbers(links, false, format);
    }

    static ObjectNumbers ofTrees(Optional<Links> links, HashFormat format) {
        return new ObjectNumbers(links, true, format);
    }

    /// The number of `id`, which it is given now if it had none.
    int number(ObjectId id) {
        int known = linked(id);
        return known == Links.NONE ? linked + others.number(id) : known;
    }

    /// The number of `id`, or [Links#NONE].
    int find(ObjectId id) {
        int known = linked(id);
        if (known != Links.NONE) {
            return known;
        }
        int other = others.find(id);
        return other < 0 ? Links.NONE : linked + other;
    }

    private int linked(ObjectId id) {
        if (links.isEmpty()) {
            return Links.NONE;
        }
        return areTrees ? links.get().tree(id) : links.get().commit(id);
    }

    ObjectId id(int number) {
        return isLinked(number) ? links.orElseThrow().id(number) : others.id(number - linked);
    }

    /// Whether it is a number of [Links].
    boolean isLinked(int number) {
        return number < linked;
    }

    /// The place of a number that [Links] do not have, among those.
    int otherPlace(int number) {
        return number - linked;
    }

    /// How many numbers there are that [Links] do not have.
    int otherCount() {
        return others.size();
    }
}
