package io.jwtrawl.documents.reader;

import io.jwtrawl.documents.protocol.DocumentKind;
import io.jwtrawl.documents.protocol.Frame;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.tika.io.TemporaryResources;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.jspecify.annotations.Nullable;

/// A document that was sent: in memory, or in a temporary file if it is large.
final class SpooledDocument implements Closeable {

    private static final int IN_MEMORY = 4 * 1024 * 1024;

    private final byte[] bytes;
    private final @Nullable Path file;

    private SpooledDocument(byte[] bytes, @Nullable Path file) {
        this.bytes = bytes;
        this.file = file;
    }

    /// Reads the chunks of a request.
    static SpooledDocument receive(DataInputStream in) throws IOException {
        var memory = new ByteArrayOutputStream();
        Path file = null;
        OutputStream out = memory;
        byte[] chunk = new byte[Frame.MAX_LENGTH];
        for (int length = in.readInt(); length > 0; length = in.readInt()) {
            in.readFully(chunk, 0, length);
            if (file == null && memory.size() + length > IN_MEMORY) {
                file = Files.createTempFile("document", ".tmp");
                out = Files.newOutputStream(file);
                memory.writeTo(out);
                memory = new ByteArrayOutputStream();
            }
            out.write(chunk, 0, length);
        }
        out.close();
        return new SpooledDocument(memory.toByteArray(), file);
    }

    InputStream open() throws IOException {
        return file == null ? new ByteArrayInputStream(bytes) : Files.newInputStream(file);
    }

    TikaInputStream openForTika(TemporaryResources temporary) throws IOException {
        return file == null
                ? TikaInputStream.get(new ByteArrayInputStream(bytes), temporary, new Metadata())
                : TikaInputStream.get(file, new Metadata(), temporary);
    }

    /// Whether it has the end that every document of this kind has, as far as that can be told apart from reading it.
    boolean hasEnd(DocumentKind kind) throws IOException {
        try (InputStream in = open()) {
            return switch (kind) {
                case PDF -> PdfEnd.isIn(in);
                case PST -> OutlookEnd.isIn(in);
                default -> true;
            };
        }
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }
}
