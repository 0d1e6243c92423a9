package io.jwtrawl.token;

import io.jwtrawl.detect.CandidateSink;
import io.jwtrawl.detect.Layer;
import io.jwtrawl.rules.TokenForm;
import io.jwtrawl.rules.TokenRule;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Finds the JSON serialization of a token around one of its values (RFC 7515, section 7.2; RFC 7516, section 7.2).
public final class JsonSerialization {

    private static final byte[] PROTECTED = "\"protected\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PAYLOAD = "\"payload\"".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_SPACE = 64;
    private static final int MAX_ENCLOSING = 3;

    /// An object around others that is larger than this holds more than a token.
    private static final int WORTH_WAITING = 256 * 1024;

    private static final int UNBALANCED = -2;
    private static final int REMEMBERED_BITS = 10;
    private static final int REMEMBERED = 1 << REMEMBERED_BITS;

    /// Fibonacci hashing: braces at regular distances do not meet in one slot.
    private static final int SPREAD = 0x9e3779b9;

    private final TokenReader reader;
    private final List<TokenRule> rules;

    /// For each level of decoding, what was asked about the latest layer there.
    private final List<Memory> memories = new ArrayList<>();

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

    /// Looks for an object in `[from, to)` of `layer` that has a value at `start`, right behind a quotation mark.
    ///
    /// @param more whether more of the bytes can be seen, if that is worth while
    public Found find(Layer layer, int from, int start, int to, boolean more) {
        Memory memory = memoryOf(layer);
        byte[] bytes = layer.bytes();
        if (!isCarrier(bytes, from, start - 1)) {
            return NONE;
        }
        int brace = start;
        Found withoutPayload = NONE;
        for (int i = 0; i < MAX_ENCLOSING; i++) {
            brace = memory.enclosingBrace(bytes, from, brace, i);
            if (brace < 0) {
                return withoutPayload;
            }
            Found found = memory.parsed(bytes, brace, to);
            if (found.token().filter(JsonSerialization::hasContent).isPresent()) {
                return found;
            }
            boolean open = found.end() == CandidateSink.OPEN;
            if (open && i > 0) {
                return more && to - brace < WORTH_WAITING ? found : withoutPayload;
            }
            if (open || withoutPayload.token().isPresent()) {
                return open ? found : withoutPayload;
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
        return endsWith(bytes, from, i, PROTECTED) || endsWith(bytes, from, i, PAYLOAD);
    }

    private static boolean endsWith(byte[] bytes, int from, int end, byte[] name) {
        int start = end - name.length;
        return start >= from && Arrays.equals(bytes, start, end, name, 0, name.length);
    }

    private static int skipSpaceBack(byte[] bytes, int from, int end) {
        int i = end;
        while (i > Math.max(from, end - MAX_SPACE) && bytes[i - 1] <= ' ' && bytes[i - 1] >= 0) {
            i--;
        }
        return i;
    }

    private Memory memoryOf(Layer layer) {
        while (memories.size() <= layer.depth()) {
            memories.add(new Memory());
        }
        Memory memory = memories.get(layer.depth());
        memory.begin(layer);
        return memory;
    }

    /// What was asked about one layer. Without it a text of many values would be read over and over.
    private final class Memory {
        private @Nullable Layer known;
        private final int[] latestQuestions = new int[MAX_ENCLOSING];
        private final int[] latestAnswers = new int[MAX_ENCLOSING];
        private final int[] parsedAt = new int[REMEMBERED];
        private final Found[] results = new Found[REMEMBERED];

        void begin(Layer layer) {
            if (layer != known) {
                known = layer;
                Arrays.fill(latestQuestions, -1);
                Arrays.fill(parsedAt, -1);
                Arrays.fill(results, NONE);
            }
        }

        /// The brace that opens the innermost object around `position`, or -1. Braces inside strings are rare and only cost a
        /// failed attempt.
        ///
        /// @param level how many braces further in the search began: what was asked last at each is known
        int enclosingBrace(byte[] bytes, int from, int position, int level) {
            int latest = latestQuestions[level];
            int floor = latest >= from && latest <= position ? latest : from;
            int brace = braceBefore(bytes, floor, position);
            if (brace == UNBALANCED) {
                brace = braceBefore(bytes, from, position);
            } else if (brace == -1 && floor == latest) {
                brace = latestAnswers[level] >= from ? latestAnswers[level] : -1;
            }
            latestQuestions[level] = position;
            latestAnswers[level] = Math.max(brace, -1);
            return latestAnswers[level];
        }

        /// What begins with the brace, looked at once.
        Found parsed(byte[] bytes, int brace, int to) {
            int slot = (brace * SPREAD) >>> (Integer.SIZE - REMEMBERED_BITS);
            if (parsedAt[slot] != brace) {
                parsedAt[slot] = brace;
                results[slot] = parse(bytes, brace, to);
            }
            return results[slot];
        }
    }

    /// The last opening brace in `bytes[from, position)` that no other closes; -1 if there is none, or [#UNBALANCED] if there
    /// are only such that close others before `from`.
    private static int braceBefore(byte[] bytes, int from, int position) {
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
        return depth == 0 ? -1 : UNBALANCED;
    }

    private Found parse(byte[] bytes, int brace, int to) {
        int end = JsonExtent.end(bytes, brace, to);
        if (end < 0) {
            return new Found(brace, end, Optional.empty());
        }
        try (JsonParser parser =
                JsonTree.parser(new ByteArrayInputStream(bytes, brace, end - brace))) {
            return JsonTree.next(parser) instanceof ObjectNode object
                    ? tokenOf(object)
                            .map(token -> new Found(brace, end, Optional.of(token)))
                            .orElse(NONE)
                    : NONE;
        } catch (JacksonException | NumberFormatException e) {
            return NONE;
        }
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
