package io.jwtrawl.engine;

import io.jwtrawl.detect.Detector;
import io.jwtrawl.detect.Limits;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.source.Blob;
import io.jwtrawl.source.Content;
import io.jwtrawl.source.ExpansionLimits;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.source.Unpacker;
import io.jwtrawl.token.Sighting;
import java.util.List;

/// Finds the tokens in one short text, without an engine around it.
public final class TokenFinder {

    private TokenFinder() {}

    /// What a scan of `text` from standard input would see.
    public static List<Sighting> find(byte[] text, RuleSet rules, Limits limits) {
        var worker =
                new Worker(
                        new Detector(rules, limits),
                        rules,
                        limits,
                        Unpacker.NONE,
                        ExpansionLimits.DEFAULT,
                        new PartQueue(0),
                        new Progress());
        try {
            worker.accept(new Blob(new Provenance.StandardInput(), new Content.InMemory(text)));
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody cancels this", e);
        }
        return List.copyOf(worker.sightings());
    }
}
