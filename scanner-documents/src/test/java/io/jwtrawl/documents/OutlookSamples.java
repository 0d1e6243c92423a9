package io.jwtrawl.documents;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What Outlook attaches to mails that others have to read, `winmail.dat`, in the Transport Neutral Encapsulation Format
/// ([MS-OXTNEF]).
final class OutlookSamples {

    private static final int MESSAGE = 1;
    private static final int ATTACHMENT = 2;

    private OutlookSamples() {}

    /// Token 1 in the text of the message, which is compressed, 2 in an attached text.
    static byte[] winmail() {
        byte[] rtf = compressed("{\\rtf1\\ansi Use " + Samples.token(1) + "\\par}");
        byte[] all = new byte[4 + 2 + 2 + 4 + 4 + (rtf.length + 3) / 4 * 4];
        ByteBuffer properties = buffer(all);
        properties
                .putInt(1)
                .putShort((short) 0x0102)
                .putShort((short) 0x1009); // PidTagRtfCompressed
        properties.putInt(1).putInt(rtf.length).put(rtf);
        byte[] bytes = new byte[8192];
        ByteBuffer winmail = buffer(bytes);
        winmail.putInt(0x223e9f78).putShort((short) 1);
        put(winmail, MESSAGE, 0x00078008, ascii("IPM.Microsoft Mail.Note\0"));
        put(winmail, MESSAGE, 0x00018004, ascii("keys\0"));
        put(winmail, MESSAGE, 0x00069003, all);
        put(winmail, ATTACHMENT, 0x00069002, new byte[14]); // attAttachRendData
        put(winmail, ATTACHMENT, 0x00018010, ascii("notes.txt\0")); // attAttachTitle
        put(
                winmail,
                ATTACHMENT,
                0x0006800f,
                ascii("t=" + Samples.token(2) + "\n")); // attAttachData
        return Arrays.copyOf(bytes, winmail.position());
    }

    private static void put(ByteBuffer to, int level, int attribute, byte[] data) {
        int sum = 0;
        for (byte one : data) {
            sum += one & 0xff;
        }
        to.put((byte) level).putInt(attribute).putInt(data.length).put(data).putShort((short) sum);
    }

    /// [MS-OXRTFCP], of bytes that stand for themselves, eight behind each byte of flags.
    private static byte[] compressed(String rtf) {
        byte[] plain = ascii(rtf);
        byte[] bytes = new byte[16 + plain.length + (plain.length + 7) / 8];
        ByteBuffer compressed = buffer(bytes);
        compressed.putInt(bytes.length - 4).putInt(plain.length);
        compressed.put(ascii("LZFu")).putInt(0);
        for (int i = 0; i < plain.length; i += 8) {
            compressed.put((byte) 0).put(plain, i, Math.min(8, plain.length - i));
        }
        return bytes;
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
