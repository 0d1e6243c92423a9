package io.jwtrawl.files.unpack;

import io.jwtrawl.source.Container;
import io.jwtrawl.source.MemberSink;
import io.jwtrawl.source.SeekableStream;
import io.jwtrawl.source.SliceStream;
import java.io.IOException;

/// Opens scripts and programs that carry an archive behind them; what comes before it is searched as it is.
final class SelfExtractingOpener implements Opener {

    /// So far into a program a 7z archive is looked for: the code that unpacks one is smaller.
    private static final int MAX_PROGRAM = 1024 * 1024;

    private static final int MAX_TAIL = 0xffff + 22;

    private final ImageNotes images;

    SelfExtractingOpener(ImageNotes images) {
        this.images = images;
    }

    @Override
    public void open(Container container, MemberSink sink)
            throws IOException, InterruptedException {
        sink.searchContainerToo();
        if (!(container.in() instanceof SeekableStream in)) {
            return;
        }
        byte[] head = container.head();
        if (head[container.from()] == '#') {
            int at = SelfExtracting.payload(head, container.from(), container.to());
            openFrom(in, at - container.from(), sink);
        } else if (hasZipEnd(in)) {
            new ZipOpener().open(container, sink);
        } else {
            openProgram(in, sink);
        }
    }

    private static boolean hasZipEnd(SeekableStream in) throws IOException {
        byte[] tail = new byte[(int) Math.min(in.size(), MAX_TAIL)];
        in.seek(in.size() - tail.length);
        int length = in.readNBytes(tail, 0, tail.length);
        return Format.zipEnd(tail, 0, length) >= 0;
    }

    private void openProgram(SeekableStream in, MemberSink sink)
            throws IOException, InterruptedException {
        in.seek(0);
        byte[] program = in.readNBytes(MAX_PROGRAM);
        byte[] signature = {'7', 'z', (byte) 0xbc, (byte) 0xaf, 0x27, 0x1c};
        for (int i = 0; i + signature.length < program.length; i++) {
            int same = 0;
            while (same < signature.length && program[i + same] == signature[same]) {
                same++;
            }
            // Behind the signature stands the version, 0.x.
            if (same == signature.length && program[i + same] == 0) {
                openFrom(in, i, sink);
                return;
            }
        }
    }

    private void openFrom(SeekableStream in, long start, MemberSink sink)
            throws IOException, InterruptedException {
        var slice = new SliceStream(in, start, in.size() - start);
        byte[] head = slice.readNBytes(1024);
        slice.seek(0);
        Format format = Format.of(head, 0, head.length);
        if (format != null && format != Format.SELF_EXTRACTING) {
            format.opener(images)
                    .open(new Container(sink.container(), head, 0, head.length, slice), sink);
        }
    }
}
