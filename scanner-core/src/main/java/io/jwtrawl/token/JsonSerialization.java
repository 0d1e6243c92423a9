package io.jwtrawl.token;

import io.jwtrawl.detect.CandidateSink;
import io.jwtrawl.rules.TokenForm;
import io.jwtrawl.rules.TokenRule;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Finds the JSON serialization of a token around one of its values (RFC 7515, section 7.2; RFC 7516, section 7.2).
public final class JsonSerialization {

    private static final List<String> CARRIERS = List.of("\"protected\"", "\"payload\"");
    private static final int MAX_SPACE = 64;
    private static final int MAX_ENCLOSING = 3;

    private final TokenReader reader;
    private final List<TokenRule> rules;

    public JsonSerialization(TokenReader reader, List<TokenRule> rules) {
        this.reader = reader;
        this.rules =
                rules.stream()
                        .filter(rule ->
                                rule.form() == TokenForm.JWS_JSON
                                        || rule.form() == TokenForm.JWE_JSON)
                        .toList();
    }

    /// What was found.
    ///
    /// @param start where the object begins
    /// @param end where it ends, or [CandidateSink#OPEN] or [CandidateSink#NONE]
    public record Found(int start, int end, Optional<Token> token) {}

    private static final Found NONE = new Found(0, CandidateSink.NONE, Optional.empty());

    /// Looks for an object in `bytes[from, to)` that has a value at `start`, right behind a quotation mark.
    public Found find(byte[] bytes, int from, int start, int to) {
        if (!isCarrier(bytes, from, start - 1)) {
            return NONE;
        }
        int brace = start;
        Found withoutPayload = NONE;
        for (int i = 0; i < MAX_ENCLOSING; i++) {
            brace = enclosingBrace(bytes, from, brace);
            if (brace < 0) {
                return withoutPayload;
            }
            Found found = parse(bytes, brace, to);
            if (found.token().filter(JsonSerialization::hasContent).isPresent()) {
                return found;
            }
            if (withoutPayload.token().isPresent()) {
                return withoutPayload;
            }
            if (found.end() == CandidateSink.OPEN) {
                return found;
            }
            withoutPayload = found;
        }
        return withoutPayload;
    }

    /// Whether the payload is there. What lacks it may be detached, or one of the signatures of the object around.
    private static boolean hasContent(Token token) {
        return token.form() == TokenForm.JWE_JSON
                || !new String(token.text().reveal(), StandardCharsets.ISO_8859_1).contains("..");
    }

    /// Whether a string that begins with the quotation mark at `quote` is the value of a member that matters.
    private static boolean isCarrier(byte[] bytes, int from, int quote) {
        int i = skipSpaceBack(bytes, from, quote);
        if (i <= from || bytes[i - 1] != ':') {
            return false;
        }
        i = skipSpaceBack(bytes, from, i - 1);
        int end = i;
        return CARRIERS.stream()
                .anyMatch(name ->
                        end - name.length() >= from
                                && new String(
                                                bytes,
                                                end - name.length(),
                                                name.length(),
                                                StandardCharsets.ISO_8859_1)
                                        .equals(name));
    }

    private static int skipSpaceBack(byte[] bytes, int from, int end) {
        int i = end;
        while (i > Math.max(from, end - MAX_SPACE) && bytes[i - 1] <= ' ' && bytes[i - 1] >= 0) {
            i--;
        }
        return i;
    }

    /// The brace that opens the innermost object around `position`, or -1. Braces inside strings are rare and only cost a
    /// failed attempt.
    private static int enclosingBrace(byte[] bytes, int from, int position) {
        int depth = 0;
        for (int i = position - 1; i >= from; i--) {
            if (bytes[i] == '}') {
                depth++;
            } else if (bytes[i] == '{') {
                if (depth == 0) {
                    return i;
                }
                depth--;
            }
        }
        return -1;
    }

    private Found parse(byte[] bytes, int brace, int to) {
        try (JsonParser parser =
                JsonTree.parser(new ByteArrayInputStream(bytes, brace, to - brace))) {
            JsonNode json = JsonTree.next(parser);
            TokenStreamLocation end = parser.currentLocation();
            return json instanceof ObjectNode object
                    ? tokenOf(object)
                            .map(token ->
                                    new Found(
                                            brace,
                                            brace + (int) end.getByteOffset(),
                                            Optional.of(token)))
                            .orElse(NONE)
                    : NONE;
        } catch (JacksonException e) {
            return endsTooEarly(e) ? new Found(brace, CandidateSink.OPEN, Optional.empty()) : NONE;
        } catch (NumberFormatException e) {
            return NONE;
        }
    }

    /// Behind a comma the parser tells the end of input by its message only.
    private static boolean endsTooEarly(JacksonException e) {
        return e instanceof UnexpectedEndOfInputException
                || e.getOriginalMessage().startsWith("Unexpected end-of-input");
    }

    private Optional<Token> tokenOf(ObjectNode object) {
        return object.has("ciphertext") ? encrypted(object) : signed(object);
    }

    private Optional<Token> signed(ObjectNode object) {
        JsonNode signature = first(object, "signatures");
        ObjectNode header = merged(object, signature);
        return token(
                TokenForm.JWS_JSON,
                header,
                String.join(
                        ".",
                        text(signature, "protected"),
                        text(object, "payload"),
                        text(signature, "signature")));
    }

    private Optional<Token> encrypted(ObjectNode object) {
        JsonNode recipient = first(object, "recipients");
        ObjectNode header = merged(object, recipient);
        return token(
                TokenForm.JWE_JSON,
                header,
                String.join(
                        ".",
                        text(object, "protected"),
                        text(recipient, "encrypted_key"),
                        text(object, "iv"),
                        text(object, "ciphertext"),
                        text(object, "tag")));
    }

    private Optional<Token> token(TokenForm form, ObjectNode header, String compact) {
        byte[] bytes = compact.getBytes(StandardCharsets.ISO_8859_1);
        return rules.stream()
                .filter(rule -> rule.form() == form)
                .flatMap(rule -> reader.ofJson(rule, header, bytes).stream())
                .findFirst();
    }

    /// The first element of the general form, or the object itself in the flattened one.
    private static JsonNode first(ObjectNode object, String name) {
        JsonNode element = object.path(name).path(0);
        return element.isObject() ? element : object;
    }

    /// The header parameters of all three places, the protected ones winning.
    private static ObjectNode merged(ObjectNode object, JsonNode element) {
        ObjectNode header = JsonNodeFactory.instance.objectNode();
        for (JsonNode part :
                List.of(
                        object.path("unprotected"),
                        object.path("header"),
                        element.path("header"))) {
            if (part instanceof ObjectNode members) {
                header.setAll(members);
            }
        }
        for (JsonNode holder : List.of(object, element)) {
            byte[] text = text(holder, "protected").getBytes(StandardCharsets.ISO_8859_1);
            JsonText.decode(text, 0, text.length).ifPresent(header::setAll);
        }
        return header;
    }

    private static String text(JsonNode holder, String name) {
        return holder.path(name).asString("");
    }
}
