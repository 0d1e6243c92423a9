package io.jwtrawl.rules;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// One kind of token that a provider issues, and what is known of it.
///
/// @param privilege what it gives when its claims do not say
/// @param publicByDesign whether the vendor says that it may be shipped to anyone
/// @param token the token rule whose tokens these are, if it is one of its own; else only JWTs belong to it
/// @param match conditions that must all hold
/// @param revoke how to make a leaked one useless
/// @param source a page that supports how it is told and revoked
public record TokenFamily(
        String id,
        String title,
        TokenKind kind,
        SubjectKind subject,
        Privilege privilege,
        boolean publicByDesign,
        UsualLifetime lifetime,
        Optional<String> token,
        List<Condition> match,
        String revoke,
        String source,
        List<ClaimExample> examples,
        List<ClaimExample> nonExamples) {

    /// A header, which may be left out, and claims of a token that nobody issued.
    public record ClaimExample(Optional<ObjectNode> header, ObjectNode claims) {}

    /// @param wrapped the token rule, if the token is no JWT
    boolean matches(Optional<String> wrapped, ObjectNode header, ObjectNode claims) {
        return token.equals(wrapped) && Condition.allHold(match, header, claims);
    }
}
