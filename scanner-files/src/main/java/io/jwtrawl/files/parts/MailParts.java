package io.jwtrawl.files.parts;

import io.jwtrawl.source.MailHeader;
import io.jwtrawl.source.MemberSink;
import io.jwtrawl.source.Message;
import io.jwtrawl.source.Part;
import io.jwtrawl.source.SeekableStream;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tells when the mail was sent that something stands in, in a file that is a mail or a mailbox in the format mbox. What
/// its parts are called is told by another.
final class MailParts implements Locator {

    private static final int HEADER = 64 * 1024;
    private static final int BLOCK = 64 * 1024;
    private static final byte[] BORDER = {'F', 'r', 'o', 'm', ' '};

    private final @Nullable Locator names;

    /// @param names what names the parts of a text like this one
    MailParts(@Nullable Locator names) {
        this.names = names;
    }

    @Override
    public Map<Long, Part> at(long[] offsets, SeekableStream whole) throws IOException {
        Map<Long, Part> parts = new HashMap<>();
        if (names != null) {
            parts.putAll(names.at(offsets, whole));
        }
        long begin = 0;
        int next = 0;
        while (next < offsets.length) {
            long end = nextMail(whole, begin, offsets[offsets.length - 1]);
            if (offsets[next] < end) {
                Message message = message(whole, begin);
                for (; next < offsets.length && offsets[next] < end; next++) {
                    Part named = parts.get(offsets[next]);
                    parts.put(
                            offsets[next],
                            new Part(named == null ? "" : named.name(), Optional.of(message)));
                }
            }
            begin = end;
        }
        return parts;
    }

    private static Message message(SeekableStream whole, long begin) throws IOException {
        whole.seek(begin);
        byte[] header = whole.readNBytes(HEADER);
        long sent = MailHeader.sent(header, 0, header.length);
        return new Message(
                Message.Medium.MAIL,
                sent == MemberSink.UNDATED
                        ? Optional.empty()
                        : Optional.of(Instant.ofEpochMilli(sent)));
    }

    /// Where the mail behind the one at `begin` begins: with `From ` behind an empty line. The largest number if there is
    /// none before `last`.
    private static long nextMail(SeekableStream whole, long begin, long last) throws IOException {
        whole.seek(begin);
        byte[] block = new byte[BLOCK];
        int newlines = 0;
        int matched = 0;
        for (long at = begin; at <= last; ) {
            int length = whole.readNBytes(block, 0, block.length);
            for (int i = 0; i < length; i++) {
                byte b = block[i];
                if (matched > 0 || newlines >= 2) {
                    matched = b == BORDER[matched] ? matched + 1 : 0;
                    if (matched == BORDER.length) {
                        return at + i + 1 - BORDER.length;
                    }
                }
                newlines = b == '\n' ? newlines + 1 : b == '\r' ? newlines : 0;
            }
            if (length < block.length) {
                break;
            }
            at += length;
        }
        return Long.MAX_VALUE;
    }
}
