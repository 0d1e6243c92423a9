package io.jwtrawl.bench;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/// What tokens stand in: text around them, or a disguise.
///
/// @param name the row of the table
/// @param extension of the files
/// @param tokens makes the tokens that are put in
record Carrier(String name, String extension, Kind kind, Form.Maker tokens, Disguise disguise) {

    /// How many tokens of each carrier the corpus has.
    static final int INSTANCES = 4;

    /// Mostly HS256; the longer signatures of RS256 are what wrapping and cutting is hard on.
    private static final Form.Maker USUAL_TOKENS =
            (random, instance) ->
                    switch (instance) {
                        case 2 -> MadeUp.of(Forms.jws("RS256", random));
                        case 3 -> MadeUp.of(Forms.jws("ES256", random));
                        default -> Forms.plain(random);
                    };

    enum Kind {
        USUAL,
        /// Looked through only when asked to.
        OPT_IN,
        /// What is left is a piece of the token.
        DAMAGED
    }

    /// Puts a token into a file.
    @FunctionalInterface
    interface Disguise {
        byte[] hide(String token, Random random);
    }

    /// The same, where the file is text.
    @FunctionalInterface
    interface TextDisguise {
        String hide(String token, Random random);
    }

    static Carrier text(String name, String extension, TextDisguise disguise) {
        return text(name, extension, Kind.USUAL, disguise);
    }

    static Carrier text(String name, String extension, Kind kind, TextDisguise disguise) {
        return bytes(
                name,
                extension,
                kind,
                (token, random) -> disguise.hide(token, random).getBytes(StandardCharsets.UTF_8));
    }

    static Carrier bytes(String name, String extension, Kind kind, Disguise disguise) {
        return new Carrier(name, extension, kind, USUAL_TOKENS, disguise);
    }

    Carrier with(Form.Maker otherTokens) {
        return new Carrier(name, extension, kind, otherTokens, disguise);
    }

    Carrier optIn() {
        return new Carrier(name, extension, Kind.OPT_IN, tokens, disguise);
    }
}
