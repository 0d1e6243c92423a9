package io.jwtrawl.engine;

import io.jwtrawl.source.Blob;
import io.jwtrawl.source.Container;
import io.jwtrawl.source.Content;
import io.jwtrawl.source.ExpansionLimitException;
import io.jwtrawl.source.MemberSink;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.source.SeekableStream;
import io.jwtrawl.source.Timestamps;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/// One container being unpacked, by one thread.
final class Opening implements MemberSink {

    /// Less than this is not worth another thread's while.
    private static final long WORTH_SHARING = 1024 * 1024;

    /// Most files that people or programs write as one JSON or YAML document are smaller.
    private static final int MOST_KEPT = 16 * 1024 * 1024;

    private final Containers containers;
    private final Provenance container;
    private final Expansion expansion;
    private final int level;
    private final Optional<Instant> since;
    private boolean searchToo;

    /// @param since when the container was last changed, if that is known
    Opening(
            Containers containers,
            Provenance container,
            Optional<Instant> since,
            Expansion expansion,
            int level) {
        this.containers = containers;
        this.container = container;
        this.since = since;
        this.expansion = expansion;
        this.level = level;
    }

    /// A part of a container that another thread may unpack.
    record Share(Provenance container, Optional<Instant> since, Expansion expansion, Part part) {

        void unpack(Containers containers, int level) throws InterruptedException {
            var opening = new Opening(containers, container, since, expansion, level);
            opening.guarded(() -> part.unpack(opening));
        }
    }

    private interface Unpacking {
        void run() throws IOException, InterruptedException;
    }

    /// @return whether nothing of the container is left to be searched
    boolean unpack(Container opened) throws InterruptedException {
        return guarded(() -> containers.unpacker().unpack(opened, this)) && !searchToo;
    }

    /// Turns whatever goes wrong into a report.
    ///
    /// @return whether nothing did
    private boolean guarded(Unpacking unpacking) throws InterruptedException {
        Worker worker = containers.worker();
        try {
            unpacking.run();
            return true;
        } catch (ExpansionLimitException e) {
            tell(container, e);
        } catch (IOException e) {
            worker.unreadable(container, e);
        } catch (RuntimeException e) {
            // Libraries tell of damage by exceptions of any kind.
            worker.unreadable(container, new IOException("is damaged and cannot be opened", e));
        } catch (OutOfMemoryError | StackOverflowError e) {
            worker.skipped(container, "needs more memory to be opened than there is");
        }
        return false;
    }

    private void tell(Provenance where, ExpansionLimitException limit) {
        if (expansion.isToBeTold()) {
            String what = limit.getMessage();
            containers
                    .worker()
                    .skipped(
                            where.outermost(),
                            inner(where) + what + "; the rest of it was not opened");
        }
    }

    /// Where in the outermost container that was, for the beginning of a sentence.
    private static String inner(Provenance where) {
        String outer = where.outermost().display() + "!/";
        String whole = where.display();
        return whole.startsWith(outer) ? "at " + whole.substring(outer.length()) + ": " : "";
    }

    @Override
    public void accept(String name, long modified, InputStream in)
            throws IOException, InterruptedException {
        accept(() -> new Provenance.Member(container, name), modified, in);
    }

    @Override
    public void acceptExtract(String name, boolean legible, long modified, InputStream in)
            throws IOException, InterruptedException {
        accept(() -> new Provenance.Extract(container, name, legible), modified, in);
    }

    @Override
    public void acceptExpanded(String compression, long modified, InputStream in)
            throws IOException, InterruptedException {
        accept(() -> new Provenance.Expanded(container, compression), modified, in);
    }

    private void accept(Supplier<Provenance> member, long modified, InputStream in)
            throws IOException, InterruptedException {
        containers.parts().throwIfCancelled();
        expansion.entry();
        Optional<Instant> age = sinceOf(modified);
        if (in instanceof SeekableStream whole && whole.size() >= containers.room(level).length) {
            acceptLarge(member.get(), age, whole);
            return;
        }
        byte[] room = containers.room(level);
        var read = new MemberStream(in, expansion);
        int length = read.readNBytes(room, 0, room.length);
        if (length < room.length) {
            searchSmall(member, age, room, length);
        } else if (containers.unpacker().partNames().wantsWhole(room, 0, length)) {
            searchKept(member.get(), age, room, read);
        } else {
            searchStreamed(member.get(), age, room, read);
        }
        Exception failure = read.failure();
        if (failure instanceof ExpansionLimitException limit) {
            tell(member.get(), limit);
            throw limit;
        }
        if (failure != null) {
            searchToo = true;
            containers.worker().unreadable(member.get(), failure);
        }
        expansion.check();
    }

    private void searchSmall(
            Supplier<Provenance> member, Optional<Instant> age, byte[] room, int length)
            throws InterruptedException {
        Worker worker = containers.worker();
        if (worker.mayHoldToken(room, 0, length) || containers.isNamedLikeOne(member.get())) {
            search(new Blob(member.get(), new Content.InMemory(room, 0, length), age));
        }
    }

    /// Keeps what is not too large, so that it can be told in which part of it something was found.
    private void searchKept(
            Provenance member, Optional<Instant> age, byte[] beginning, MemberStream rest)
            throws IOException, InterruptedException {
        int most = (int) Math.min(MOST_KEPT, containers.limits().memory() / 4);
        byte[] kept = beginning;
        int length = beginning.length;
        while (length == kept.length && length < most) {
            kept = Arrays.copyOf(kept, (int) Math.min(most, 4L * length));
            length += rest.readNBytes(kept, length, kept.length - length);
        }
        if (length < kept.length) {
            search(new Blob(member, new Content.InMemory(kept, 0, length), age));
        } else {
            searchStreamed(member, age, kept, rest);
        }
    }

    private void searchStreamed(
            Provenance member, Optional<Instant> age, byte[] room, MemberStream rest)
            throws IOException, InterruptedException {
        InputStream ahead = rest;
        ReadAhead other = null;
        if (containers.parts().isWanted()) {
            other = new ReadAhead(rest, containers.parts());
            ReadAhead offered = other;
            if (containers.parts().offer(_ -> offered.run())) {
                ahead = other;
            }
        }
        InputStream whole =
                new SequenceInputStream(new ByteArrayInputStream(room, 0, room.length), ahead);
        try {
            search(new Blob(member, new Content.Streamed(() -> whole), age));
        } finally {
            if (other != null) {
                other.close();
            }
        }
    }

    /// What lies in the container as it is can be read from anywhere, and so by another thread too.
    private void acceptLarge(Provenance member, Optional<Instant> age, SeekableStream in)
            throws IOException, InterruptedException {
        expansion.expanded(in.size());
        var blob = new Blob(member, new Content.Streamed(in::reopen), age);
        if (in.size() < WORTH_SHARING
                || in.isLent()
                || !share(sink -> ((Opening) sink).search(blob))) {
            search(blob);
        }
    }

    private Optional<Instant> sinceOf(long modified) {
        return Timestamps.isBelievable(modified)
                ? Timestamps.earlier(since, Optional.of(Instant.ofEpochMilli(modified)))
                : since;
    }

    private void search(Blob blob) throws InterruptedException {
        containers.worker().accept(blob);
    }

    @Override
    public boolean mayHoldToken(byte[] bytes, int from, int to)
            throws IOException, InterruptedException {
        Worker worker = containers.worker();
        if (worker.partMayHoldToken(bytes, from, to) || worker.mayBeContainer(bytes, from, to)) {
            return true;
        }
        worker.passPart((long) to - from);
        expansion.expanded((long) to - from);
        return false;
    }

    @Override
    public void acceptRest(String part, long offset, byte[] bytes, int from, int to)
            throws IOException, InterruptedException {
        if (mayHoldToken(bytes, from, to)) {
            expansion.expanded((long) to - from);
            containers
                    .worker()
                    .searchRest(new Stretch(container, since), part, offset, bytes, from, to);
        }
    }

    @Override
    public MemberSink inside(String name) {
        return new Opening(
                containers, new Provenance.Member(container, name), since, expansion, level);
    }

    @Override
    public Provenance container() {
        return container;
    }

    @Override
    public boolean share(Part part) {
        var share = new Share(container, since, expansion, part);
        return containers.parts().isWanted()
                && containers.parts().offer(worker -> worker.help(share));
    }

    @Override
    public void searchContainerToo() {
        searchToo = true;
    }

    @Override
    public void skipped(String name, String why) {
        containers.worker().skipped(new Provenance.Member(container, name), why);
    }

    @Override
    public void skipped(String why) {
        containers.worker().skipped(container, why);
    }

    @Override
    public void unreadable(String name, Exception cause) {
        containers.worker().unreadable(new Provenance.Member(container, name), cause);
    }

    @Override
    public long memory() {
        return containers.limits().memory();
    }
}
