package io.jwtrawl.classify;

import io.jwtrawl.rules.PersonalClaims;
import io.jwtrawl.rules.ReasonCode;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.rules.TraitCatalogue;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Counts claims that hold personal data, secrets and other tokens: anybody who has a signed token can read them.
public final class SensitiveClaims {

    private static final int MIN_TOKEN = 24;
    private static final int MIN_SECRET = 4;

    private final PersonalClaims personalClaims;
    private final TraitCatalogue traits;
    private int personal;
    private int secrets;
    private int tokens;

    private SensitiveClaims(RuleSet rules) {
        this.personalClaims = rules.personal();
        this.traits = rules.traits();
    }

    static void find(ObjectNode claims, RuleSet rules, List<Weakness> found) {
        var sensitive = new SensitiveClaims(rules);
        sensitive.members(claims);
        if (sensitive.secrets + sensitive.tokens > 0) {
            found.add(
                    new Weakness(
                            ReasonCode.SECRET_IN_CLAIMS,
                            sensitive.secrets == 0
                                    ? "holds another token"
                                    : sensitive.tokens == 0
                                            ? "holds a password, key or the like"
                                            : "holds another token and a password, key or the like"));
        }
        if (sensitive.personal > 0) {
            found.add(
                    new Weakness(
                            ReasonCode.PERSONAL_DATA,
                            "holds personal data in "
                                    + sensitive.personal
                                    + (sensitive.personal == 1 ? " claim" : " claims")));
        }
    }

    /// Whether claims hold what anybody who has the token could use elsewhere.
    public static boolean holdsSecret(ObjectNode claims, RuleSet rules) {
        var sensitive = new SensitiveClaims(rules);
        sensitive.members(claims);
        return sensitive.secrets + sensitive.tokens > 0;
    }

    /// The depth of JSON is bounded where it is read.
    private void members(JsonNode object) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            JsonNode value = member.getValue();
            if (isSaid(value) && personalClaims.isPersonal(member.getKey())) {
                personal++;
            }
            if (value.isString()
                    && value.stringValue().length() >= MIN_SECRET
                    && !isToken(value.stringValue())
                    && traits.isSecretName(member.getKey())) {
                secrets++;
            } else {
                value(value);
            }
        }
    }

    private void value(JsonNode value) {
        if (value.isString()) {
            if (isToken(value.stringValue())) {
                tokens++;
            } else if (traits.isSecretValue(value.stringValue())) {
                secrets++;
            }
        } else if (value.isObject()) {
            members(value);
        } else if (value.isArray()) {
            for (JsonNode element : value) {
                value(element);
            }
        }
    }

    private static boolean isSaid(JsonNode value) {
        return value.isString()
                ? !value.stringValue().isBlank()
                : !value.isNull()
                        && !value.isBoolean()
                        && !(value.isContainer() && value.isEmpty());
    }

    private static boolean isToken(String value) {
        return value.length() >= MIN_TOKEN && value.startsWith("eyJ") && value.indexOf('.') > 0;
    }
}
