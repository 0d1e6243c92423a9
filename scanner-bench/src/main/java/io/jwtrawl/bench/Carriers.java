package io.jwtrawl.bench;

import java.util.List;
import java.util.stream.Stream;

/// Every carrier and disguise of a token that the scanner is to look through.
final class Carriers {

    private Carriers() {}

    static List<Carrier> all() {
        return Stream.of(
                        PlainCarriers.all(),
                        EncodedCarriers.all(),
                        EscapedCarriers.all(),
                        SplitCarriers.all())
                .flatMap(List::stream)
                .toList();
    }
}
