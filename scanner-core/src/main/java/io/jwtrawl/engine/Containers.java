package io.jwtrawl.engine;

import io.jwtrawl.source.Container;
import io.jwtrawl.source.ExpansionLimits;
import io.jwtrawl.source.MemoryStream;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.source.SeekableStream;
import io.jwtrawl.source.Unpacker;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Opens the containers that one worker meets, those inside others too.
final class Containers {

    /// Most members are smaller.
    private static final int ROOM = 256 * 1024;

    private final Unpacker unpacker;
    private final ExpansionLimits limits;
    private final Worker worker;
    private final PartQueue parts;

    /// What members are read into: one for each container that is open, outermost first.
    private final List<byte[]> rooms = new ArrayList<>();

    private int open;

    /// What may be spent on the outermost container that is open.
    private @Nullable Expansion expansion;

    Containers(Unpacker unpacker, ExpansionLimits limits, Worker worker, PartQueue parts) {
        this.unpacker = unpacker;
        this.limits = limits;
        this.worker = worker;
        this.parts = parts;
    }

    Unpacker unpacker() {
        return unpacker;
    }

    ExpansionLimits limits() {
        return limits;
    }

    PartQueue parts() {
        return parts;
    }

    Worker worker() {
        return worker;
    }

    /// Whether a small blob, all of which is here, may be a container.
    boolean mayOpen(byte[] bytes, int from, int to) {
        return unpacker.beginsLikeContainer(bytes, from, to)
                || unpacker.endsLikeContainer(bytes, from, to);
    }

    /// Whether a small blob, all of which is here, is to be opened if it can be.
    boolean mayOpen(Provenance where, byte[] bytes, int from, int to) {
        return !(where instanceof Provenance.Extract)
                && (mayOpen(bytes, from, to) || isNamedLikeOne(where));
    }

    /// Whether a blob that begins so may be one.
    boolean mayOpen(Provenance where, byte[] bytes, int from, int to, InputStream in)
            throws IOException {
        if (where instanceof Provenance.Extract) {
            return false;
        }
        return unpacker.beginsLikeContainer(bytes, from, to)
                || (in instanceof SeekableStream whole && endsLikeOne(whole))
                || isNamedLikeOne(where);
    }

    private boolean endsLikeOne(SeekableStream whole) throws IOException {
        long size = whole.size();
        if (size < Unpacker.END) {
            return false;
        }
        byte[] end = new byte[Unpacker.END];
        whole.seek(size - Unpacker.END);
        int length = whole.readNBytes(end, 0, end.length);
        return unpacker.endsLikeContainer(end, 0, length);
    }

    boolean isNamedLikeOne(Provenance where) {
        if (where instanceof Provenance.LocalFile(_, var file)) {
            return unpacker.isNamedLikeContainer(file.toString());
        }
        return where instanceof Provenance.Member(_, var name, _)
                && unpacker.isNamedLikeContainer(name);
    }

    /// Opens a container that is in memory.
    ///
    /// @return whether nothing of it is left to be searched
    boolean open(Stretch whole, byte[] bytes, int from, int to) throws InterruptedException {
        return open(
                new Container(
                        whole.provenance(),
                        bytes,
                        from,
                        to,
                        new MemoryStream(bytes, from, to, true)),
                whole.since());
    }

    /// Whether a limit was reached in the container that the present one lies in.
    boolean isSpent() {
        return expansion != null && expansion.isSpent();
    }

    /// @param since when it was last changed, if that is known
    /// @return whether nothing of it is left to be searched
    boolean open(Container container, Optional<Instant> since) throws InterruptedException {
        if (container.provenance().depth() >= limits.depth()) {
            worker.skipped(
                    container.provenance(),
                    "lies in "
                            + container.provenance().depth()
                            + " containers and is not opened (--max-depth)");
            return false;
        }
        Expansion outer = expansion;
        try {
            Expansion spent = outer == null ? begin(container) : outer;
            expansion = spent;
            return unpack(container, since, spent);
        } catch (IOException e) {
            worker.unreadable(container.provenance(), e);
            return false;
        } finally {
            expansion = outer;
        }
    }

    private Expansion begin(Container container) throws IOException {
        var begun = new Expansion(limits);
        if (container.in() instanceof SeekableStream whole) {
            begun.compressed(whole.size());
        }
        return begun;
    }

    private boolean unpack(Container container, Optional<Instant> since, Expansion spent)
            throws InterruptedException {
        var opening = new Opening(this, container.provenance(), since, spent, ++open);
        try {
            return opening.unpack(container);
        } finally {
            open--;
        }
    }

    /// Does a part of what another thread opened.
    void help(Opening.Share share) throws InterruptedException {
        Expansion outer = expansion;
        expansion = share.expansion();
        open++;
        try {
            share.unpack(this, open);
        } finally {
            open--;
            expansion = outer;
        }
    }

    /// What the members of the container at `level` are read into.
    byte[] room(int level) {
        while (rooms.size() < level) {
            rooms.add(new byte[ROOM]);
        }
        return rooms.get(level - 1);
    }
}
