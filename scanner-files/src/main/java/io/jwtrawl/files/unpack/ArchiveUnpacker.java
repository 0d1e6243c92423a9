package io.jwtrawl.files.unpack;

import io.jwtrawl.files.leveldb.Table;
import io.jwtrawl.files.parts.CarrierParts;
import io.jwtrawl.finding.Attribution;
import io.jwtrawl.source.Container;
import io.jwtrawl.source.MemberSink;
import io.jwtrawl.source.PartNames;
import io.jwtrawl.source.SeekableStream;
import io.jwtrawl.source.Unpacker;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Opens every [Format] of container.
public final class ArchiveUnpacker implements Unpacker {

    private final ImageNotes images = new ImageNotes();

    @Override
    public boolean beginsLikeContainer(byte[] bytes, int from, int to) {
        return Format.of(bytes, from, to) != null;
    }

    @Override
    public boolean endsLikeContainer(byte[] bytes, int from, int to) {
        return Format.endsAsZip(bytes, from, to)
                || (to - from >= 8
                        && bytes[to - 1] == (byte) 0xdb
                        && Table.endsLikeOne(bytes, from, to));
    }

    @Override
    public boolean isNamedLikeContainer(String name) {
        return Format.isBrotliName(name) || Format.isTableName(name) || Format.isDatabaseName(name);
    }

    @Override
    public void unpack(Container container, MemberSink sink)
            throws IOException, InterruptedException {
        Format format = Format.of(container.head(), container.from(), container.to());
        if (format == null && container.in() instanceof SeekableStream whole) {
            format = endOf(whole);
        }
        if (format != null) {
            format.opener(images).open(container, sink);
        } else {
            openNamed(container, sink);
        }
    }

    private static @Nullable Format endOf(SeekableStream whole) throws IOException {
        byte[] end = new byte[END];
        whole.seek(Math.max(0, whole.size() - END));
        int length = whole.readNBytes(end, 0, END);
        whole.seek(0);
        return Format.endsAsZip(end, 0, length)
                ? Format.APPENDED_ZIP
                : Table.endsLikeOne(end, 0, length) ? Format.LEVELDB_TABLE : null;
    }

    /// Opens what its name alone tells of.
    private void openNamed(Container container, MemberSink sink)
            throws IOException, InterruptedException {
        String name = container.provenance().display();
        if (Format.isBrotliName(name)) {
            Format.BROTLI.opener(images).open(container, sink);
        } else if (Format.isTableName(name) && !(container.in() instanceof SeekableStream)) {
            Format.LEVELDB_TABLE.opener(images).open(container, sink);
        } else {
            if (Format.isDatabaseName(name)
                    && EncryptedDatabase.isOne(
                            container.head(), container.from(), container.to())) {
                sink.skipped("looks like an encrypted database");
            }
            sink.searchContainerToo();
        }
    }

    @Override
    public PartNames partNames() {
        return new CarrierParts();
    }

    /// Tells of what was found in images which image and which layer that was; asked before other attributions.
    public Attribution places() {
        return new ImagePlaces(images);
    }
}
