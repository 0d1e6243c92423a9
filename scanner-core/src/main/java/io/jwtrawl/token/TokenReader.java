package io.jwtrawl.token;

import io.jwtrawl.detect.Candidate;
import io.jwtrawl.detect.CandidateSink.Verdict;
import io.jwtrawl.detect.Entropy;
import io.jwtrawl.rules.AlgorithmCatalogue;
import io.jwtrawl.rules.AlgorithmCatalogue.Fit;
import io.jwtrawl.rules.TokenForm;
import io.jwtrawl.rules.TokenRule;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.ObjectNode;

/// Decodes candidates, or finds that they only looked like tokens. Used by one thread.
public final class TokenReader {

    /// A payload that cannot be decoded whole counts as a piece of one from so many characters on.
    private static final int MIN_PIECE = 16;

    private final AlgorithmCatalogue algorithms;

    private static final byte[] ALG = "\"alg\"".getBytes(StandardCharsets.US_ASCII);

    private final RecentTexts recent = new RecentTexts();

    /// The header that was decoded last; many candidates share one.
    private byte[] headerText = {};

    private Optional<ObjectNode> header = Optional.empty();

    public TokenReader(AlgorithmCatalogue algorithms) {
        this.algorithms = algorithms;
    }

    /// What `candidate` is.
    public Verdict judge(Candidate candidate) {
        TokenRule rule = candidate.rule();
        RecentTexts.Known known =
                recent.find(rule, candidate.text(), candidate.start(), candidate.end());
        Verdict verdict = known == null ? judge(candidate, rule) : known.verdict;
        if (known == null) {
            recent.note(rule, candidate.text(), candidate.start(), candidate.end(), verdict);
        }
        return verdict == Verdict.FITTING_TOKEN
                        && !candidate.undone().isEmpty()
                        && isReadable(candidate)
                ? Verdict.READABLE_TOKEN
                : verdict;
    }

    /// Whether a payload that can be read at all is JSON.
    private static boolean isReadable(Candidate candidate) {
        TokenForm form = candidate.rule().form();
        if (form != TokenForm.JWS && form != TokenForm.SD_JWT) {
            return true;
        }
        var parts = new Parts(candidate.text(), candidate.start(), candidate.end());
        return JsonText.decode(parts.text(), parts.start(1), parts.end(1)).isPresent();
    }

    private Verdict judge(Candidate candidate, TokenRule rule) {
        if (rule.body().isPresent()) {
            return Body.of(candidate, rule.body().get()).isPresent()
                    ? Verdict.TOKEN
                    : Verdict.NOT_A_TOKEN;
        }
        var parts = new Parts(candidate.text(), candidate.start(), candidate.end());
        Optional<ObjectNode> decoded =
                headerOf(parts)
                        .filter(object ->
                                rule.header().filter(wanted -> fits(object, wanted)).isPresent());
        if (decoded.isEmpty()) {
            return Verdict.NO_HEADER;
        }
        if (rule.partial()) {
            return isPiece(parts, decoded.get()) ? Verdict.PARTIAL : Verdict.NOT_A_TOKEN;
        }
        return rule.form() == TokenForm.SD_JWT && !parts.hasDisclosures()
                ? Verdict.NOT_A_TOKEN
                : judgeSignature(parts, decoded.get(), rule.signature());
    }

    private Verdict judgeSignature(Parts parts, ObjectNode object, TokenRule.SignatureRule rule) {
        int start = parts.start(parts.count() - 1);
        int end = parts.end(parts.count() - 1);
        if (end - start < rule.minLength()
                || (rule.minEntropy() > 0
                        && Entropy.of(parts.text(), start, end) < rule.minEntropy())) {
            return Verdict.NOT_A_TOKEN;
        }
        return switch (fitOf(parts, object)) {
            case FITS -> Verdict.FITTING_TOKEN;
            case UNKNOWN -> rule.mustFit() ? Verdict.NOT_A_TOKEN : Verdict.TOKEN;
            case TOO_SHORT -> Verdict.NOT_A_TOKEN;
            case TOO_LONG -> rule.mustFit() ? Verdict.NOT_A_TOKEN : Verdict.MISFIT;
        };
    }

    private Fit fitOf(Parts parts, ObjectNode object) {
        int last = parts.count() - 1;
        int bytes = Base64Url.decodedLength(parts.text(), parts.start(last), parts.end(last));
        String enc = object.path("enc").asString("");
        return enc.isEmpty()
                ? algorithms.signatureFit(object.path("alg").asString(""), bytes)
                : algorithms.tagFit(enc, bytes);
    }

    /// Whether what follows the header can be the beginning of what must follow it.
    private static boolean isPiece(Parts parts, ObjectNode object) {
        if (parts.count() < 2) {
            return false;
        }
        int start = parts.start(1);
        int end = parts.end(1);
        if (object.has("enc")) {
            return end - start >= MIN_PIECE
                    || (parts.count() > 2 && parts.end(2) - parts.start(2) >= MIN_PIECE);
        }
        return JsonText.decode(parts.text(), start, end).isPresent()
                || (end - start >= MIN_PIECE
                        && Base64Url.decode(parts.text(), start, start + 4)
                                .filter(bytes -> bytes[0] == '{')
                                .isPresent());
    }

    /// Makes the token of a candidate that was judged to be one, or to be a piece of one.
    public Token read(Candidate candidate) {
        TokenRule rule = candidate.rule();
        RecentTexts.Known known =
                recent.find(rule, candidate.text(), candidate.start(), candidate.end());
        if (known != null && known.token != null) {
            return known.token;
        }
        Token token =
                rule.body().isPresent() ? wrapped(candidate, rule.body().get()) : jose(candidate);
        if (known != null) {
            known.token = token;
        }
        return token;
    }

    private static Token wrapped(Candidate candidate, TokenRule.BodyRule body) {
        byte[] text = Arrays.copyOfRange(candidate.text(), candidate.start(), candidate.end());
        return new Token.Wrapped(
                TokenId.of(withoutPadding(text)),
                new Secret(text),
                candidate.rule(),
                Body.of(candidate, body).map(Claims::of));
    }

    private Token jose(Candidate candidate) {
        var parts = new Parts(candidate.text(), candidate.start(), candidate.end());
        return token(candidate.rule(), headerOf(parts).orElseThrow(), parts);
    }

    /// A cookie has its padding as `%3D` or not at all; it is the same token.
    private static byte[] withoutPadding(byte[] text) {
        int end = text.length;
        while (end > 0 && text[end - 1] == '=') {
            end--;
        }
        return Arrays.copyOf(text, end);
    }

    private Token token(TokenRule rule, ObjectNode object, Parts parts) {
        byte[] text = parts.normalized(isEncoded(object));
        TokenId id = TokenId.of(text);
        var secret = new Secret(text);
        if (object.has("enc") || rule.form() == TokenForm.JWE) {
            return new Token.Encrypted(id, secret, rule, object, fitOf(parts, object));
        }
        return rule.form() == TokenForm.UNSECURED
                ? new Token.Unsecured(id, secret, rule, object, claims(parts, object))
                : new Token.Signed(
                        id, secret, rule, object, claims(parts, object), fitOf(parts, object));
    }

    private static Optional<Claims> claims(Parts parts, ObjectNode object) {
        if (parts.count() < 2) {
            return Optional.empty();
        }
        boolean zip = object.path("zip").asString("").equals("DEF");
        return (isEncoded(object)
                        ? JsonText.decodePayload(parts.text(), parts.start(1), parts.end(1), zip)
                        : JsonText.claims(
                                Arrays.copyOfRange(parts.text(), parts.start(1), parts.end(1))))
                .map(Claims::of);
    }

    /// Whether the payload is in base64, as always but for `b64` false (RFC 7797, section 3).
    private static boolean isEncoded(ObjectNode object) {
        return !object.path("b64").equals(BooleanNode.FALSE);
    }

    private Optional<ObjectNode> headerOf(Parts parts) {
        int start = parts.start(0);
        int end = parts.end(0);
        if (!Arrays.equals(headerText, 0, headerText.length, parts.text(), start, end)) {
            headerText = Arrays.copyOfRange(parts.text(), start, end);
            header =
                    Base64Url.decode(headerText, 0, headerText.length)
                            .filter(TokenReader::mayBeHeader)
                            .flatMap(JsonText::object);
        }
        return header;
    }

    /// Whether `json` may hold the one member that every JOSE header has (RFC 7515, section 4.1.1; RFC 7516, section 4.1.1).
    /// Most of what only looks like a header is seen off here, before a JSON parser is loaded.
    private static boolean mayBeHeader(byte[] json) {
        for (int i = 0; i < json.length; i++) {
            if (json[i] == '\\'
                    || (json[i] == '"'
                            && i + ALG.length <= json.length
                            && Arrays.equals(json, i, i + ALG.length, ALG, 0, ALG.length))) {
                return true;
            }
        }
        return false;
    }

    boolean fits(ObjectNode object, TokenRule.HeaderRule rule) {
        String alg = object.path("alg").asString("");
        return rule.members().stream().allMatch(name -> object.path(name).isString())
                && rule.without().stream().noneMatch(object::has)
                && (rule.alg().isEmpty() || rule.alg().stream().anyMatch(alg::equalsIgnoreCase))
                && rule.notAlg().stream().noneMatch(alg::equalsIgnoreCase)
                && rule.having().entrySet().stream()
                        .allMatch(entry ->
                                object.path(entry.getKey()).asString("").equals(entry.getValue()))
                && (!rule.registered() || isRegistered(alg));
    }

    private boolean isRegistered(String alg) {
        return algorithms.signature(alg).isPresent() || algorithms.keyManagement().contains(alg);
    }

    /// The token that the parts of a JSON serialization make, if they make one.
    ///
    /// @param object the header, protected and unprotected members together
    /// @param compact the parts in the compact serialization
    Optional<Token> ofJson(TokenRule rule, ObjectNode object, byte[] compact) {
        var parts = new Parts(compact, 0, compact.length);
        return rule.header().filter(wanted -> fits(object, wanted)).isPresent()
                        && judgeSignature(parts, object, rule.signature()).compareTo(Verdict.MISFIT)
                                >= 0
                ? Optional.of(token(rule, object, parts))
                : Optional.empty();
    }
}
