package io.jwtrawl.classify;

import io.jwtrawl.rules.Policy;
import io.jwtrawl.rules.ReasonCode;
import io.jwtrawl.token.Token;
import java.util.List;

/// What is wrong with how a token is signed (RFC 8725, section 3.1).
final class AlgorithmWeaknesses {

    private AlgorithmWeaknesses() {}

    static void find(Token token, Policy policy, List<Weakness> found) {
        List<String> allowed = policy.requirements().allowedAlgorithms();
        if (token instanceof Token.Signed && !allowed.isEmpty() && !allowed.contains(token.alg())) {
            found.add(
                    new Weakness(
                            ReasonCode.ALGORITHM_NOT_ALLOWED,
                            "is signed with an algorithm that the policy does not allow"));
        }
    }

    /// Whether nothing stands where a signature should. A piece of a token that ends there may have lost it, or never had
    /// one; some verifiers skip the check then (CVE-2020-28042).
    static boolean hasEmptySignature(Token token) {
        byte[] text = token.text().reveal();
        int dots = 0;
        for (byte b : text) {
            dots += b == '.' ? 1 : 0;
        }
        return dots == 2 && text[text.length - 1] == '.' && token instanceof Token.Signed;
    }
}
