package io.jwtrawl.reports;

import java.util.function.UnaryOperator;

/// Finds what names a person inside a longer text: e-mail addresses, with the name before one in angle brackets, and what
/// stands before the host of a URL.
///
/// Time is linear in the text: nothing is looked for further than a few hundred characters from an `@`.
final class Addresses {

    private static final int MAX_LOCAL = 256;
    private static final int MAX_AUTHORITY = 512;
    private static final int MAX_NAME_WORDS = 4;
    private static final String LOCAL_MARKS = "._%+-~!#$*^'";
    private static final String AUTHORITY_ENDS = "/?#<>\" \t\r\n";

    private final String text;

    /// What stands before it is replaced or passed already.
    private int done;

    private Addresses(String text) {
        this.text = text;
    }

    static String replace(String text, UnaryOperator<String> replacement) {
        return text.indexOf('@') < 0 && text.indexOf("%40") < 0
                ? text
                : new Addresses(text).replace(replacement);
    }

    private String replace(UnaryOperator<String> replacement) {
        var out = new StringBuilder(text.length());
        int from = 0;
        for (int at = nextAt(0); at >= 0; at = nextAt(from)) {
            from = afterAt(at);
            int userInfo = userInfoStart(at);
            int start;
            int end;
            if (userInfo >= 0 && lastAtOfAuthority(at) > userInfo) {
                start = userInfo;
                end = lastAtOfAuthority(at);
            } else {
                start = localStart(at);
                end = domainEnd(afterAt(at));
            }
            if (start < at && end > start) {
                if (userInfo < 0 && text.startsWith(">", end)) {
                    int address = start;
                    start = nameStart(address);
                    end += start == address ? 0 : 1;
                }
                out.append(text, done, start).append(replacement.apply(text.substring(start, end)));
                done = end;
                from = Math.max(from, end + (text.startsWith("@", end) ? 1 : 0));
            }
        }
        return out.append(text, done, text.length()).toString();
    }

    /// An `@`, as it is or percent-encoded.
    private int nextAt(int from) {
        int plain = text.indexOf('@', from);
        int encoded = text.indexOf("%40", from);
        return plain < 0 ? encoded : encoded < 0 ? plain : Math.min(plain, encoded);
    }

    private int afterAt(int at) {
        return at + (text.charAt(at) == '@' ? 1 : 3);
    }

    /// Where the authority of a URL begins in which there is an `@` at `at`; -1 if there is none.
    private int userInfoStart(int at) {
        for (int i = at - 1; i >= Math.max(done, at - MAX_AUTHORITY); i--) {
            if (AUTHORITY_ENDS.indexOf(text.charAt(i)) >= 0) {
                return i >= 2 && text.startsWith("://", i - 2) ? i + 1 : -1;
            }
        }
        return -1;
    }

    /// The last `@` before the host, since a user's name may hold some; -1 if there is none.
    private int lastAtOfAuthority(int at) {
        int last = -1;
        for (int i = at; i < Math.min(text.length(), at + MAX_AUTHORITY); i++) {
            char c = text.charAt(i);
            if (AUTHORITY_ENDS.indexOf(c) >= 0) {
                break;
            }
            if (c == '@') {
                last = i;
            }
        }
        return last;
    }

    private int localStart(int at) {
        int least = Math.max(done, at - MAX_LOCAL);
        if (at - 1 > least && text.charAt(at - 1) == '"') {
            int quote = text.lastIndexOf('"', at - 2);
            return quote >= least ? quote : at;
        }
        int start = at;
        while (start > least
                && (Character.isLetterOrDigit(text.charAt(start - 1))
                        || Character.isSurrogate(text.charAt(start - 1))
                        || LOCAL_MARKS.indexOf(text.charAt(start - 1)) >= 0)) {
            start--;
        }
        return start;
    }

    /// Where `Jane Doe <` begins that ends at `address`; `address` itself if it is in no angle brackets.
    ///
    /// How many of the words before belong to the name nobody can tell: a few are taken.
    private int nameStart(int address) {
        if (address == done || text.charAt(address - 1) != '<') {
            return address;
        }
        int start = address - 1;
        for (int word = 0; word < MAX_NAME_WORDS; word++) {
            int end = start;
            while (end > done && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == '"')) {
                end--;
            }
            int begin = end;
            while (begin > Math.max(done, end - MAX_LOCAL) && isNamePart(text.charAt(begin - 1))) {
                begin--;
            }
            if (begin == end) {
                break;
            }
            start = begin;
        }
        return start;
    }

    private static boolean isNamePart(char c) {
        return Character.isLetter(c) || Character.isSurrogate(c) || "-.'".indexOf(c) >= 0;
    }

    /// Where the domain that begins at `start` ends; -1 if none does. One without a dot is some other name.
    private int domainEnd(int start) {
        if (text.startsWith("[", start)) {
            int end = text.indexOf(']', start);
            return end > start && end - start < MAX_LOCAL ? end + 1 : -1;
        }
        int end = start;
        while (end < Math.min(text.length(), start + MAX_LOCAL)
                && (Character.isLetterOrDigit(text.charAt(end))
                        || text.charAt(end) == '-'
                        || text.charAt(end) == '.')) {
            end++;
        }
        while (end > start && text.charAt(end - 1) == '.') {
            end--;
        }
        int dot = text.indexOf('.', start);
        return dot > start && dot < end ? end : -1;
    }
}
