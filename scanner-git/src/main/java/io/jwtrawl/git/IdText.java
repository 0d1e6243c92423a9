package io.jwtrawl.git;

import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;

/// Reads object ids in the files that Git keeps refs and their logs in.
///
/// @param digits the length of an id
/// @param ids makes one of so many hexadecimal digits
/// @param <I> object ids
record IdText<I>(int digits, Function<String, I> ids) {

    /// The id that `text` begins with; empty if there is none, or only zeros. What follows it is the work of other programs,
    /// as FETCH_HEAD shows.
    Optional<I> first(String text) {
        boolean whole =
                text.length() == digits || (text.length() > digits && text.charAt(digits) <= ' ');
        return Optional.of(text)
                .filter(_ -> whole)
                .map(line -> line.substring(0, digits))
                .filter(IdText::isId)
                .map(ids);
    }

    /// The id behind the one that a line of a log begins with.
    Optional<I> second(String text) {
        return text.length() > digits ? first(text.substring(digits + 1)) : Optional.empty();
    }

    /// Whether these are hexadecimal digits, not all of them zeros.
    private static boolean isId(String text) {
        boolean zero = true;
        for (int i = 0; i < text.length(); i++) {
            if (!HexFormat.isHexDigit(text.charAt(i))) {
                return false;
            }
            zero &= text.charAt(i) == '0';
        }
        return !zero;
    }
}
