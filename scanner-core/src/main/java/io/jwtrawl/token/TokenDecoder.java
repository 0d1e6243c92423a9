package io.jwtrawl.token;

import io.jwtrawl.detect.Entropy;
import io.jwtrawl.rules.TokenRule;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Decodes bytes that have the shape of a token, or finds that they only looked like one.
public final class TokenDecoder {

    private static final int MAX_DEPTH = 64;
    private static final int MAX_NUMBER_LENGTH = 400;

    private TokenDecoder() {}

    /// Decodes `bytes[start, end)`, which match the shape of `rule`.
    ///
    /// @return the token, or empty if its header does not decode to what `rule` asks for, or its signature cannot be one
    public static Optional<Token> decode(byte[] bytes, int start, int end, TokenRule rule) {
        int headerEnd = indexOfDot(bytes, start, end);
        if (!mayBeHeader(bytes, start, headerEnd)) {
            return Optional.empty();
        }
        int signatureStart = lastIndexOfDot(bytes, start, end) + 1;
        if (end - signatureStart < rule.signature().minLength()
                || (rule.signature().minEntropy() > 0
                        && Entropy.of(bytes, signatureStart, end)
                                < rule.signature().minEntropy())) {
            return Optional.empty();
        }
        return decodeObject(bytes, start, headerEnd)
                .filter(header -> fits(header, rule.header()))
                .map(header -> token(bytes, start, headerEnd, end, header, rule));
    }

    private static Token token(
            byte[] bytes, int start, int headerEnd, int end, ObjectNode header, TokenRule rule) {
        TokenId id = TokenId.of(bytes, start, end);
        var text = new Secret(Arrays.copyOfRange(bytes, start, end));
        return switch (rule.form()) {
            case JWE -> new Token.Encrypted(id, text, header);
            case JWS -> new Token.Signed(id, text, header, claims(bytes, headerEnd, end));
            case UNSECURED -> new Token.Unsecured(id, text, header, claims(bytes, headerEnd, end));
        };
    }

    private static Optional<Claims> claims(byte[] bytes, int headerEnd, int end) {
        int payloadEnd = indexOfDot(bytes, headerEnd + 1, end);
        return decodeObject(bytes, headerEnd + 1, payloadEnd).map(Claims::of);
    }

    private static boolean fits(ObjectNode header, TokenRule.HeaderRule rule) {
        String alg = header.path("alg").asString("");
        return rule.members().stream().allMatch(name -> header.path(name).isString())
                && rule.without().stream().noneMatch(header::has)
                && (rule.alg().isEmpty() || rule.alg().stream().anyMatch(alg::equalsIgnoreCase))
                && rule.notAlg().stream().noneMatch(alg::equalsIgnoreCase);
    }

    /// A cheap look at both ends, since most of what begins with an anchor is some other base64 text: a header decodes
    /// to a text that ends with a brace.
    private static boolean mayBeHeader(byte[] bytes, int start, int end) {
        int length = end - start;
        if (length < 8 || length % 4 == 1) {
            return false;
        }
        int tail = length % 4 == 0 ? 4 : length % 4;
        byte[] decoded;
        try {
            // Two quanta, since a header may end with a line feed or two.
            int from = Math.max(start, end - tail - 4);
            decoded = Base64.getUrlDecoder().decode(Arrays.copyOfRange(bytes, from, end));
        } catch (IllegalArgumentException e) {
            return false;
        }
        int i = decoded.length - 1;
        while (i >= 0
                && (decoded[i] == ' '
                        || decoded[i] == '\n'
                        || decoded[i] == '\r'
                        || decoded[i] == '\t')) {
            i--;
        }
        return i < 0 || decoded[i] == '}';
    }

    /// The JSON object that `bytes[from, to)` are the base64url encoding of, if they are.
    private static Optional<ObjectNode> decodeObject(byte[] bytes, int from, int to) {
        try {
            byte[] decoded = Base64.getUrlDecoder().decode(Arrays.copyOfRange(bytes, from, to));
            // Through a String, so that bytes that are not UTF-8 spoil one character and not the
            // whole token.
            JsonNode json = Json.MAPPER.readTree(new String(decoded, StandardCharsets.UTF_8));
            return json instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (IllegalArgumentException | JacksonException e) {
            return Optional.empty();
        }
    }

    private static int indexOfDot(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && bytes[i] != '.') {
            i++;
        }
        return i;
    }

    private static int lastIndexOfDot(byte[] bytes, int from, int to) {
        int i = to - 1;
        while (i >= from && bytes[i] != '.') {
            i--;
        }
        return i;
    }

    /// Loaded with the first candidate; most files have none.
    private static final class Json {
        static final JsonMapper MAPPER =
                JsonMapper.builder(
                                JsonFactory.builder()
                                        .streamReadConstraints(
                                                StreamReadConstraints.builder()
                                                        .maxNestingDepth(MAX_DEPTH)
                                                        .maxNumberLength(MAX_NUMBER_LENGTH)
                                                        .build())
                                        .build())
                        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .build();
    }
}
