package io.jwtrawl.files.unpack;

import io.jwtrawl.finding.Attribution;
import io.jwtrawl.source.Container;
import io.jwtrawl.source.MemberSink;
import io.jwtrawl.source.SeekableStream;
import io.jwtrawl.source.Unpacker;
import java.io.IOException;

/// Opens every [Format] of container.
public final class ArchiveUnpacker implements Unpacker {

    private final ImageNotes images = new ImageNotes();

    @Override
    public boolean beginsLikeContainer(byte[] bytes, int from, int to) {
        return Format.of(bytes, from, to) != null;
    }

    @Override
    public boolean endsLikeContainer(byte[] bytes, int from, int to) {
        return Format.endsAsZip(bytes, from, to);
    }

    @Override
    public boolean isNamedLikeContainer(String name) {
        return Format.isBrotliName(name);
    }

    @Override
    public void unpack(Container container, MemberSink sink)
            throws IOException, InterruptedException {
        Format format = Format.of(container.head(), container.from(), container.to());
        if (format == null) {
            format =
                    container.in() instanceof SeekableStream whole && endsAsZip(whole)
                            ? Format.APPENDED_ZIP
                            : Format.BROTLI;
        }
        format.opener(images).open(container, sink);
    }

    private static boolean endsAsZip(SeekableStream whole) throws IOException {
        byte[] end = new byte[END];
        whole.seek(Math.max(0, whole.size() - END));
        int length = whole.readNBytes(end, 0, END);
        whole.seek(0);
        return Format.endsAsZip(end, 0, length);
    }

    /// Tells of what was found in images which image and which layer that was; asked before other attributions.
    public Attribution places() {
        return new ImagePlaces(images);
    }
}
