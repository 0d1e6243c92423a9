package io.jwtrawl.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The header of a mail (RFC 5322), perhaps behind the line that a mailbox has before it (RFC 4155), read only for when
/// the mail was sent.
public final class MailHeader {

    /// Servers give up a mail after so long (RFC 5321, 4.5.4.1, says four or five days): one that was written longer before
    /// it came to the first server was written by a wrong clock.
    private static final long LONGEST_WAY = 7L * 24 * 60 * 60 * 1000;

    /// Headers are shorter; those of mailing lists and spam filters have some kilobytes.
    private static final int LONGEST = 64 * 1024;

    private static final String BORDER = "From ";

    private final List<String> fields;

    private MailHeader(List<String> fields) {
        this.fields = fields;
    }

    /// Whether `bytes[from, to)` begin like a mail, or a mailbox: with fields that say from whom it came, and when or by
    /// which way.
    public static boolean isThere(byte[] bytes, int from, int to) {
        if (from == to || !mayBegin(bytes[from])) {
            return false;
        }
        MailHeader header = of(bytes, from, to);
        boolean fromWhom = header.has("from:") || header.has("return-path:");
        return fromWhom
                && (header.has("date:") || header.has("received:") || header.has("message-id:"));
    }

    private static boolean mayBegin(byte first) {
        int letter = first | 0x20;
        return letter >= 'a' && letter <= 'z';
    }

    /// When the mail that begins at `from` was sent: by itself or by the first server that says to have received it, whichever
    /// is earlier.
    ///
    /// @return milliseconds since 1970, or [MemberSink#UNDATED]
    public static long sent(byte[] bytes, int from, int to) {
        MailHeader header = of(bytes, from, to);
        long written = MemberSink.UNDATED;
        long received = MemberSink.UNDATED;
        long delivered = MemberSink.UNDATED;
        for (String field : header.fields) {
            if (is(field, "date:")) {
                written = earlier(written, MailDate.millis(field.substring(5)));
            } else if (is(field, "received:")) {
                received =
                        earlier(
                                received,
                                MailDate.millis(field.substring(field.lastIndexOf(';') + 1)));
            } else if (field.startsWith(BORDER)) {
                delivered = delivered(field.substring(BORDER.length()));
            }
        }
        if (received != MemberSink.UNDATED && written < received - LONGEST_WAY) {
            written = MemberSink.UNDATED;
        }
        // Who makes a mailbox of older mails may write down when he did.
        return earlier(earlier(written, received), delivered);
    }

    /// When what the line before a mail in a mailbox tells of was delivered.
    ///
    /// @param line `From ada@example.org Thu Jan  1 00:00:00 2026`
    /// @return milliseconds since 1970, or [MemberSink#UNDATED]
    public static long delivered(String line) {
        return earlier(MemberSink.UNDATED, MailDate.millis(line));
    }

    private static long earlier(long known, long other) {
        if (!Timestamps.isBelievable(other)) {
            return known;
        }
        return known == MemberSink.UNDATED ? other : Math.min(known, other);
    }

    private boolean has(String name) {
        for (String field : fields) {
            if (is(field, name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean is(String field, String name) {
        return field.regionMatches(true, 0, name, 0, name.length());
    }

    /// Its fields, each in one line; none if what stands there is no header.
    private static MailHeader of(byte[] bytes, int from, int to) {
        List<String> fields = new ArrayList<>();
        int end = Math.min(to, from + LONGEST);
        for (int at = from; at < end; ) {
            int next = at;
            while (next < end && bytes[next] != '\n') {
                next++;
            }
            int length = next > at && bytes[next - 1] == '\r' ? next - 1 - at : next - at;
            if (length == 0) {
                break;
            }
            String line = new String(bytes, at, length, StandardCharsets.ISO_8859_1);
            if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
                if (!fields.isEmpty()) {
                    fields.add(fields.removeLast() + line);
                }
            } else if (isField(line) || (fields.isEmpty() && line.startsWith(BORDER))) {
                fields.add(line);
            } else if (next < end && !line.startsWith(">From ")) {
                return new MailHeader(List.of());
            }
            at = next + 1;
        }
        return new MailHeader(fields);
    }

    /// Whether a name and a colon stand there: printable characters (RFC 5322, 2.2).
    private static boolean isField(String line) {
        int colon = line.indexOf(':');
        for (int i = 0; i < colon; i++) {
            if (line.charAt(i) <= ' ' || line.charAt(i) > '~') {
                return false;
            }
        }
        return colon > 0;
    }
}
