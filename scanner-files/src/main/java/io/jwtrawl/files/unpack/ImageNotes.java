package io.jwtrawl.files.unpack;

import io.jwtrawl.source.Provenance;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// What was learnt of images while they were unpacked, by many threads: their layers, and what those take away again.
final class ImageNotes {

    /// Layers of a whole registry have fewer; beyond it nothing is noted, and only that is lost.
    private static final int MAX_WHITEOUTS = 200_000;

    private final Map<Provenance, List<ImageManifest.Image>> images = new ConcurrentHashMap<>();
    private final Map<Provenance, Set<String>> whiteouts = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    /// Notes what images `container` holds.
    void images(Provenance container, List<ImageManifest.Image> held) {
        images.put(container, held);
    }

    /// Notes that the layer in `layer` takes away what lies at `path` in the layers below it.
    void whiteout(Provenance layer, String path) {
        if (count.incrementAndGet() <= MAX_WHITEOUTS) {
            whiteouts.computeIfAbsent(layer, _ -> ConcurrentHashMap.newKeySet()).add(path);
        }
    }

    List<ImageManifest.Image> imagesIn(Provenance container) {
        return images.getOrDefault(container, List.of());
    }

    /// Whether the layer in `layer` takes away what lies at `path` below it, or a folder that it lies in.
    boolean takesAway(Provenance layer, String path) {
        Set<String> gone = whiteouts.getOrDefault(layer, Set.of());
        if (gone.isEmpty()) {
            return false;
        }
        for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
            if (gone.contains(path.substring(0, end))) {
                return true;
            }
        }
        return gone.contains("");
    }
}
