package io.jwtrawl.documents;

import io.jwtrawl.documents.protocol.DocumentKind;
import io.jwtrawl.source.Container;
import io.jwtrawl.source.ExpansionLimitException;
import io.jwtrawl.source.ExpansionLimits;
import io.jwtrawl.source.MailHeader;
import io.jwtrawl.source.MemberSink;
import io.jwtrawl.source.PartNames;
import io.jwtrawl.source.SeekableStream;
import io.jwtrawl.source.Spool;
import io.jwtrawl.source.Unpacker;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Opens documents, mails and mailboxes, and leaves all else to another unpacker.
///
/// What a document shows is told by processes of their own, which are started when the first one is met. Its bytes are
/// searched too: they may hold what it shows no more. One that is a ZIP file is also opened as such.
public final class DocumentUnpacker implements Unpacker, AutoCloseable {

    private final Unpacker archives;
    private final ExpansionLimits expansion;
    private final DocumentLimits limits;
    private @Nullable ReaderPool readers;

    /// @param archives opens what is no document
    public DocumentUnpacker(Unpacker archives, ExpansionLimits expansion, DocumentLimits limits) {
        this.archives = archives;
        this.expansion = expansion;
        this.limits = limits;
    }

    @Override
    public boolean beginsLikeContainer(byte[] bytes, int from, int to) {
        return Recognition.mayBeOne(bytes, from, to)
                || archives.beginsLikeContainer(bytes, from, to);
    }

    @Override
    public boolean endsLikeContainer(byte[] bytes, int from, int to) {
        return archives.endsLikeContainer(bytes, from, to);
    }

    @Override
    public boolean isNamedLikeContainer(String name) {
        return archives.isNamedLikeContainer(name);
    }

    @Override
    public void unpack(Container container, MemberSink sink)
            throws IOException, InterruptedException {
        byte[] head = container.head();
        int from = container.from();
        int to = container.to();
        DocumentKind kind = Recognition.of(head, from, to);
        if (kind != null) {
            sink.searchContainerToo();
            read(kind, container.in(), container, sink);
        } else if (Recognition.isMailbox(head, from, to)) {
            sink.searchContainerToo(); // for the lines between messages
            new MailboxSplitter(container.in()).split(sink);
        } else if (Recognition.mayBeOffice(head, from, to)) {
            if (container.in() instanceof SeekableStream zip) {
                unpackZip(zip, container, sink);
            } else {
                try (SeekableStream zip = Spool.of(container.in())) {
                    unpackZip(zip, container, sink);
                }
            }
        } else {
            archives.unpack(container, sink);
        }
    }

    @Override
    public PartNames partNames() {
        return archives.partNames();
    }

    private void unpackZip(SeekableStream zip, Container container, MemberSink sink)
            throws IOException, InterruptedException {
        DocumentKind kind = Recognition.ofZip(zip);
        if (kind != null) {
            zip.seek(0);
            read(kind, zip, container, sink);
        }
        zip.seek(0);
        var again =
                new Container(
                        container.provenance(),
                        container.head(),
                        container.from(),
                        container.to(),
                        zip);
        if (archives.beginsLikeContainer(again.head(), again.from(), again.to())) {
            archives.unpack(again, sink);
        } else {
            sink.searchContainerToo();
        }
    }

    private void read(DocumentKind kind, InputStream document, Container container, MemberSink sink)
            throws IOException, InterruptedException {
        try (var harvest = new Harvest(expansion)) {
            int depth = expansion.depth() - container.provenance().depth() - 1;
            ReaderPool pool = readers();
            ReaderProcess reader = pool.take();
            String problem;
            try {
                problem = reader.read(kind, depth, document, harvest);
            } finally {
                pool.giveBack(reader);
            }
            if (kind == DocumentKind.MAIL) {
                harvest.sent(
                        List.of(),
                        MailHeader.sent(container.head(), container.from(), container.to()));
            }
            harvest.pushTo(sink);
            if (!problem.isEmpty()) {
                sink.skipped(problem);
            }
            String limit = harvest.reached();
            if (!limit.isEmpty()) {
                throw new ExpansionLimitException(limit);
            }
        }
    }

    private synchronized ReaderPool readers() {
        if (readers == null) {
            readers = new ReaderPool(limits);
        }
        return readers;
    }

    /// Ends the processes, also those that still read.
    @Override
    public synchronized void close() {
        if (readers != null) {
            readers.close();
        }
    }
}
