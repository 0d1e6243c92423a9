package io.jwtrawl.rules;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// Published tokens, and shapes of claims that only placeholders have.
///
/// Whether a token is one of them is asked for every token found, where it was published only by someone who reads
/// on: so a scan loads a table of hashes and leaves the rest where it is.
final class SampleCatalogue {

    /// The first 128 bits of a hash are plenty for telling a published token from any other.
    private static final int LONGS = 2;

    private static final int DIGITS = Long.BYTES * 2;

    /// Pairs of longs, sorted by the first.
    private final long[] hashes;

    private final List<SampleToken> shapes;
    private final Supplier<List<SampleToken>> all;

    /// @param hashes as [#hashes()] gives them
    /// @param shapes the samples that are known by their claims
    /// @param all asked when somebody wants to know more than whether a token is a sample
    SampleCatalogue(long[] hashes, List<SampleToken> shapes, Supplier<List<SampleToken>> all) {
        this.hashes = hashes;
        this.shapes = shapes;
        this.all = all;
    }

    /// The one that the program was built with.
    SampleCatalogue(long[] hashes, List<SampleToken> shapes) {
        this(hashes, shapes, () -> RuleSet.builtInWithExamples().samples());
    }

    static SampleCatalogue of(List<SampleToken> samples) {
        List<String> sorted =
                samples.stream()
                        .flatMap(sample -> sample.sha256().stream())
                        .sorted((a, b) -> Long.compare(part(a, 0), part(b, 0)))
                        .toList();
        long[] hashes = new long[sorted.size() * LONGS];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = part(sorted.get(i / LONGS), i % LONGS);
        }
        return new SampleCatalogue(
                hashes,
                samples.stream().filter(sample -> sample.claims().isPresent()).toList(),
                () -> samples);
    }

    long[] hashes() {
        return hashes.clone();
    }

    List<SampleToken> shapes() {
        return shapes;
    }

    List<SampleToken> all() {
        return all.get();
    }

    /// @param sha256 64 hexadecimal digits
    boolean contains(String sha256, ObjectNode claims) {
        return isPublished(sha256) || shapeOf(claims).isPresent();
    }

    Optional<SampleToken> find(String sha256, ObjectNode claims) {
        return isPublished(sha256)
                ? all().stream().filter(sample -> sample.sha256().contains(sha256)).findFirst()
                : shapeOf(claims);
    }

    private Optional<SampleToken> shapeOf(ObjectNode claims) {
        for (SampleToken shape : shapes) {
            if (shape.hasShapeOf(claims)) {
                return Optional.of(shape);
            }
        }
        return Optional.empty();
    }

    private boolean isPublished(String sha256) {
        long wanted = part(sha256, 0);
        int from = 0;
        int to = hashes.length / LONGS;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (hashes[middle * LONGS] < wanted) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from * LONGS < hashes.length
                && hashes[from * LONGS] == wanted
                && hashes[from * LONGS + 1] == part(sha256, 1);
    }

    private static long part(String sha256, int index) {
        return Long.parseUnsignedLong(sha256, index * DIGITS, (index + 1) * DIGITS, 16);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SampleCatalogue catalogue
                && Arrays.equals(hashes, catalogue.hashes)
                && shapes.equals(catalogue.shapes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hashes);
    }
}
