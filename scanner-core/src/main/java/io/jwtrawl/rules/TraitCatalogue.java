package io.jwtrawl.rules;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What claims tell of a token whoever issued it: what it is for, whom it speaks for, and what should not be in it.
///
/// @param kinds tried in order; the first whose conditions all hold decides
/// @param subjects the same
/// @param secretNames names of claims whose values are secrets, as [NameSet] writes them
/// @param secretValues what the values of secrets begin with, letter case included
public record TraitCatalogue(
        List<KindTrait> kinds,
        List<SubjectTrait> subjects,
        NameSet secretNames,
        List<String> secretValues,
        List<Example> examples,
        List<Example> nonExamples) {

    /// What a token is for.
    public record KindTrait(TokenKind kind, List<Condition> match) {}

    /// Whom a token speaks for.
    public record SubjectTrait(SubjectKind subject, List<Condition> match) {

        /// The claims that tell it, such as `idtyp`.
        public List<String> evidence() {
            return match.stream().map(Condition::name).distinct().toList();
        }
    }

    /// A token that nobody issued, and what is told of it.
    public record Example(
            @JsonProperty("header") Optional<ObjectNode> header,
            ObjectNode claims,
            Optional<TokenKind> kind,
            Optional<SubjectKind> subject,
            Optional<Boolean> secret) {}

    public Optional<KindTrait> kindOf(ObjectNode header, ObjectNode claims) {
        for (KindTrait trait : kinds) {
            if (Condition.allHold(trait.match(), header, claims)) {
                return Optional.of(trait);
            }
        }
        return Optional.empty();
    }

    public Optional<SubjectTrait> subjectOf(ObjectNode header, ObjectNode claims) {
        for (SubjectTrait trait : subjects) {
            if (Condition.allHold(trait.match(), header, claims)) {
                return Optional.of(trait);
            }
        }
        return Optional.empty();
    }

    /// Whether a claim of this name holds a secret.
    public boolean isSecretName(String name) {
        return secretNames.contains(name);
    }

    /// Whether a text looks like a key, a password in a URL or the like.
    public boolean isSecretValue(String value) {
        for (String beginning : secretValues) {
            if (value.startsWith(beginning)) {
                return true;
            }
        }
        return hasPasswordInUrl(value);
    }

    /// `scheme://user:password@host`.
    private static boolean hasPasswordInUrl(String value) {
        int authority = value.indexOf("://");
        if (authority < 1) {
            return false;
        }
        int at = value.indexOf('@', authority);
        int colon = value.indexOf(':', authority + 3);
        int slash = value.indexOf('/', authority + 3);
        return colon >= authority + 3 && at > colon + 1 && (slash < 0 || slash > at);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "TraitCatalogue[%d kinds, %d subjects]",
                kinds.size(),
                subjects.size());
    }
}
