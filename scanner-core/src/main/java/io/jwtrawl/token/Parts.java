package io.jwtrawl.token;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/// The parts of a compact serialization: what its dots separate, up to the disclosures of an SD-JWT.
final class Parts {

    private final byte[] text;
    private final int end;

    /// Where each part begins; one more entry than parts, the last behind a dot that is not there.
    private final List<Integer> starts = new ArrayList<>();

    Parts(byte[] text, int start, int end) {
        this.text = text;
        this.end = end;
        starts.add(start);
        int i = start;
        while (i < end && text[i] != '~') {
            if (text[i] == '.') {
                starts.add(i + 1);
            }
            i++;
        }
        starts.add(i + 1);
    }

    byte[] text() {
        return text;
    }

    int count() {
        return starts.size() - 1;
    }

    int start(int part) {
        return starts.get(part);
    }

    int end(int part) {
        return starts.get(part + 1) - 1;
    }

    /// Whether what follows the first `~` is nothing, or begins like a disclosure: an array in base64url.
    boolean hasDisclosures() {
        int first = end(count() - 1) + 1;
        return first <= end
                && (first == end || text[first] == 'W' || (text[first] == 'e' && count() == 3));
    }

    /// The whole in base64url without padding, whatever it was in.
    ///
    /// @param encoded whether the payload is base64; if not (RFC 7797), it is left as it is
    byte[] normalized(boolean encoded) {
        var out = new ByteArrayOutputStream(end - start(0));
        for (int part = 0; part < count(); part++) {
            if (part > 0) {
                out.write('.');
            }
            if (part == 1 && !encoded) {
                out.write(text, start(part), end(part) - start(part));
            } else {
                out.writeBytes(normalized(part));
            }
        }
        out.write(text, end(count() - 1), end - end(count() - 1));
        return out.toByteArray();
    }

    private byte[] normalized(int part) {
        byte[] plain = Base64Url.normalized(text, start(part), end(part));
        boolean base64 = true;
        for (byte b : plain) {
            base64 &= Character.isLetterOrDigit(b) || b == '-' || b == '_';
        }
        return base64 ? plain : java.util.Arrays.copyOfRange(text, start(part), end(part));
    }
}
