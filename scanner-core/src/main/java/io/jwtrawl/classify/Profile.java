package io.jwtrawl.classify;

import io.jwtrawl.rules.Privilege;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.rules.RuleSet.Origin;
import io.jwtrawl.rules.SubjectKind;
import io.jwtrawl.rules.TokenFamily;
import io.jwtrawl.rules.TokenKind;
import io.jwtrawl.rules.TraitCatalogue.KindTrait;
import io.jwtrawl.rules.TraitCatalogue.SubjectTrait;
import io.jwtrawl.token.Claims;
import io.jwtrawl.token.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What a token is, wherever it lies and whatever policy judges it: worked out once for all its places.
///
/// @param subjectEvidence the claims that tell the kind of subject
/// @param sensitive what its claims hold that they should not
public record Profile(
        Token token,
        Optional<Origin> origin,
        TokenKind kind,
        List<Grant> grants,
        Privilege privilege,
        SubjectKind subjectKind,
        List<String> subjectEvidence,
        boolean sample,
        Optional<WeakSecret> weakSecret,
        List<Weakness> sensitive) {

    static Profile of(Token token, Optional<WeakSecret> weakSecret, RuleSet rules) {
        ObjectNode claims =
                token.claims().map(Claims::all).orElseGet(() -> token.header().objectNode());
        Optional<Origin> origin = originOf(token, claims, rules);
        Optional<TokenFamily> family = origin.map(Origin::family);
        List<Grant> grants = Scopes.of(claims, rules.scopes());
        Optional<SubjectTrait> subject =
                family.map(TokenFamily::subject).orElse(SubjectKind.UNKNOWN) == SubjectKind.UNKNOWN
                        ? rules.traits().subjectOf(token.header(), claims)
                        : Optional.empty();
        List<Weakness> sensitive = new ArrayList<>();
        if (!(token instanceof Token.Wrapped)) {
            SensitiveClaims.find(claims, rules, sensitive);
        }
        return new Profile(
                token,
                origin,
                kindOf(family, token, claims, rules),
                grants,
                privilegeOf(family, grants),
                subject.map(SubjectTrait::subject)
                        .or(() -> family.map(TokenFamily::subject))
                        .orElse(SubjectKind.UNKNOWN),
                subject.map(SubjectTrait::evidence).orElse(List.of()),
                rules.isSample(token.id().hex(), claims),
                weakSecret,
                List.copyOf(sensitive));
    }

    Optional<TokenFamily> family() {
        return origin.map(Origin::family);
    }

    Forgeability forgeable() {
        if (token instanceof Token.Unsecured) {
            return Forgeability.ALG_NONE;
        }
        if (weakSecret.isPresent()) {
            return Forgeability.WEAK_SECRET;
        }
        // Whoever guesses the key of an HMAC can sign; a public key signs nothing.
        boolean guessable =
                token instanceof Token.Encrypted
                        || (token instanceof Token.Signed && token.alg().startsWith("HS"));
        return guessable ? Forgeability.UNKNOWN : Forgeability.NO;
    }

    /// A piece of a token belongs to nobody: what is missing may say otherwise.
    private static Optional<Origin> originOf(Token token, ObjectNode claims, RuleSet rules) {
        return token.isPartial()
                ? Optional.empty()
                : rules.originOf(
                        Optional.of(token.rule().id()).filter(_ -> token instanceof Token.Wrapped),
                        token.header(),
                        claims);
    }

    private static TokenKind kindOf(
            Optional<TokenFamily> family, Token token, ObjectNode claims, RuleSet rules) {
        return family.map(TokenFamily::kind)
                .filter(kind -> kind != TokenKind.UNKNOWN)
                .or(() -> rules.traits().kindOf(token.header(), claims).map(KindTrait::kind))
                .orElse(TokenKind.UNKNOWN);
    }

    /// What the claims say, but never less than what all tokens of the family open.
    private static Privilege privilegeOf(Optional<TokenFamily> family, List<Grant> grants) {
        if (family.filter(TokenFamily::publicByDesign).isPresent()) {
            return Privilege.PUBLIC;
        }
        Privilege stated = Scopes.privilege(grants);
        Privilege usual = family.map(TokenFamily::privilege).orElse(Privilege.UNKNOWN);
        if (stated == Privilege.UNKNOWN) {
            return usual;
        }
        return usual == Privilege.UNKNOWN ? stated : Scopes.higher(stated, usual);
    }
}
