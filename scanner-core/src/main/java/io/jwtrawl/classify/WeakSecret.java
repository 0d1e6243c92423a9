package io.jwtrawl.classify;

import java.nio.charset.StandardCharsets;

/// A signing secret that anybody can guess, and where it was found; never the secret itself.
///
/// @param masked its first character and its length
/// @param list which list has it
/// @param number its place there, from 1
public record WeakSecret(String masked, String list, long number) {

    /// The list that the rules come with.
    public static final String KNOWN = "the list of known secrets";

    /// The list that the user gave.
    public static final String WORDLIST = "the word list";

    private static final int MAX_STARS = 12;

    static WeakSecret of(byte[] secret, String list, long number) {
        return new WeakSecret(masked(secret), list, number);
    }

    /// For a reason of a rating.
    String text() {
        return "signed with a secret that anybody can guess: "
                + masked
                + (number == 0 ? "" : ", no. " + number + " of " + list);
    }

    /// Enough to recognize a secret that one knows, and no more.
    private static String masked(byte[] secret) {
        if (secret.length == 0) {
            return "the empty one";
        }
        boolean printable = secret[0] > ' ' && secret[0] < 0x7f;
        String first =
                printable && secret.length > 3
                        ? new String(secret, 0, 1, StandardCharsets.US_ASCII)
                        : "*";
        return first
                + "*".repeat(Math.min(secret.length - 1, MAX_STARS))
                + " ("
                + secret.length
                + (secret.length == 1 ? " byte)" : " bytes)");
    }

    @Override
    public String toString() {
        return text();
    }
}
