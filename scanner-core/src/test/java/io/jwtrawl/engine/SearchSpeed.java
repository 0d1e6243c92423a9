package io.jwtrawl.engine;

import io.jwtrawl.detect.Detector;
import io.jwtrawl.detect.Limits;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.source.Blob;
import io.jwtrawl.source.Content;
import io.jwtrawl.source.ExpansionLimits;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.source.Unpacker;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.stream.Stream;

/// How fast one thread searches a text. Times are the thread's processor time, so that other programs disturb little.
final class SearchSpeed {

    static final int MIB = 1024 * 1024;

    private static final RuleSet RULES = RuleSet.builtIn();

    private SearchSpeed() {}

    /// Megabytes a second, where `text` is repeated until it is `mebibytes` long.
    static double measure(byte[] text, int mebibytes) throws InterruptedException {
        int times = Math.max(1, (int) ((long) mebibytes * MIB / text.length));
        var worker =
                new Worker(
                        new Detector(RULES, Limits.DEFAULT),
                        RULES,
                        Limits.DEFAULT,
                        Unpacker.NONE,
                        ExpansionLimits.DEFAULT,
                        new PartQueue(0),
                        new Progress());
        long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        worker.accept(
                new Blob(
                        new Provenance.StandardInput(),
                        new Content.Streamed(() ->
                                new SequenceInputStream(
                                        Collections.enumeration(
                                                Collections.nCopies(times, text).stream()
                                                        .map(ByteArrayInputStream::new)
                                                        .toList())))));
        long time = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin;
        return (double) times * text.length / time * 1_000;
    }

    /// All Java sources below `folder`, one behind the other: what an ordinary text is.
    static byte[] sourceText(Path folder) throws IOException {
        var out = new ByteArrayOutputStream();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".java")).sorted().toList()) {
                out.writeBytes(Files.readAllBytes(file));
            }
        }
        return out.toByteArray();
    }
}
