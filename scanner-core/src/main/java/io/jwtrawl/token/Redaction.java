package io.jwtrawl.token;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes tokens out of text that will be shown, logged or stored.
///
/// Stricter than the detector: whatever begins like a token in any of the ways that a JSON object in base64 begins goes,
/// whether it decodes or not.
public final class Redaction {

    private static final int SHOWN = 10;
    private static final String ELLIPSIS = "…";

    /// `{"`, `{ ` and `{` with a line break, in base64, and all token characters around them; possessive, so linear.
    private static final Pattern TOKEN =
            Pattern.compile("(?:eyJ|eyA|eyI|ewo|ew0|ewk)[A-Za-z0-9_+/=%.~-]{13,}+");

    private Redaction() {}

    /// How a token is named in reports: the beginning of its header, which every token of its kind shares.
    public static String of(Token token) {
        byte[] text = token.text().reveal();
        return new String(text, 0, Math.min(SHOWN, text.length), StandardCharsets.US_ASCII)
                + ELLIPSIS;
    }

    /// `text` with every token in it cut to its first characters.
    public static String redact(String text) {
        if (text.indexOf('e') < 0) {
            return text;
        }
        Matcher matcher = TOKEN.matcher(text);
        return matcher.replaceAll(
                match -> Matcher.quoteReplacement(match.group().substring(0, SHOWN) + ELLIPSIS));
    }
}
