package io.jwtrawl.documents;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.poi.hdgf.HDGFLZW;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/// A drawing in the format of Visio before 2013, of which there is no specification: as Apache POI reads it.
final class VisioSamples {

    private static final int TRAILER = 64;
    private static final int POINTER = 18;
    private static final int TEXT_CHUNK = 14;

    private VisioSamples() {}

    /// Token 1 in the text of a shape, in a compressed stream.
    static byte[] vsd() {
        return Samples.bytes(out -> {
            byte[] text = ("Use " + Samples.token(1) + "\0\0").getBytes(StandardCharsets.US_ASCII);
            byte[] plain = new byte[19 + 8 + text.length];
            ByteBuffer chunk = buffer(plain);
            chunk.putInt(TEXT_CHUNK).putInt(1).putInt(0).putInt(8 + text.length);
            chunk.position(19 + 8).put(text);
            var compressed = new ByteArrayOutputStream();
            new HDGFLZW().compress(new ByteArrayInputStream(plain), compressed);
            byte[] chunks = compressed.toByteArray();

            int trailerLength = 4 + 8 + POINTER;
            byte[] all = new byte[TRAILER + trailerLength + chunks.length];
            ByteBuffer drawing = buffer(all);
            drawing.put("Visio (TM) Drawing\r\n".getBytes(StandardCharsets.US_ASCII));
            drawing.position(0x1a).putShort((short) 6).putInt(all.length);
            drawing.position(0x24);
            pointer(drawing, 20, TRAILER, trailerLength, 0);
            drawing.position(TRAILER).putInt(4).putInt(1).putInt(0);
            pointer(drawing, 0, TRAILER + trailerLength, chunks.length, 0xd2); // compressed chunks
            drawing.put(chunks);
            try (var files = new POIFSFileSystem()) {
                files.getRoot().createDocument("VisioDocument", new ByteArrayInputStream(all));
                files.writeFilesystem(out);
            }
        });
    }

    private static void pointer(ByteBuffer to, int type, int offset, int length, int format) {
        to.putInt(type).putInt(0).putInt(offset).putInt(length).putShort((short) format);
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
