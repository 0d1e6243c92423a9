package io.jwtrawl.git;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.util.RawParseUtils;

/// Who did something, and when, as a commit or tag says. JGit refuses the whole line for a date that no calendar has.
///
/// @param when empty if the date is missing, or before 1970, or after the year 9999
record Person(String name, String email, Optional<Instant> when) {

    static final Person NOBODY = new Person("", "", Optional.empty());
    private static final Pattern LINE =
            Pattern.compile(
                    "([^<]*)<([^>]*)>(?:.*> *| *)([0-9]{1,12}(?![0-9]))?.*", Pattern.DOTALL);
    private static final Instant END_OF_TIME = Instant.parse("9999-12-31T23:59:59Z");

    static Person authorOf(byte[] commit) {
        return at(commit, after(commit, "author "));
    }

    static Person committerOf(byte[] commit) {
        return at(commit, after(commit, "committer "));
    }

    static Person taggerOf(byte[] tag) {
        return at(tag, after(tag, "tagger "));
    }

    /// Where the header goes on that begins with `word`, or -1. JGit counts on ids of SHA-1 before it.
    private static int after(byte[] raw, String word) {
        byte[] wanted = word.getBytes(StandardCharsets.US_ASCII);
        for (int line = 0; line < raw.length && raw[line] != '\n'; ) {
            if (RawParseUtils.match(raw, line, wanted) >= 0) {
                return line + wanted.length;
            }
            line = RawParseUtils.nextLF(raw, line);
        }
        return -1;
    }

    private static Person at(byte[] raw, int start) {
        if (start < 0) {
            return NOBODY;
        }
        int end = RawParseUtils.nextLF(raw, start);
        String line = RawParseUtils.decode(charset(raw), raw, start, end).strip();
        Matcher matcher = LINE.matcher(line);
        return matcher.matches()
                ? new Person(
                        matcher.group(1).strip(),
                        matcher.group(2).strip(),
                        Optional.ofNullable(matcher.group(3)).flatMap(Person::instant))
                : new Person(line, "", Optional.empty());
    }

    private static Charset charset(byte[] raw) {
        try {
            return RawParseUtils.parseEncoding(raw);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }

    private static Optional<Instant> instant(String seconds) {
        return Optional.of(Instant.ofEpochSecond(Long.parseLong(seconds)))
                .filter(when -> when.isAfter(Instant.EPOCH) && when.isBefore(END_OF_TIME));
    }
}
