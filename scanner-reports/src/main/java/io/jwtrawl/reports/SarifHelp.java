package io.jwtrawl.reports;

import io.jwtrawl.rules.TokenFamily;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What a dashboard shows beside a finding: what such a token is, and what to do, step by step.
final class SarifHelp {

    private SarifHelp() {}

    /// @param remedy of the worst finding
    /// @param family what is known of the vendor's own kind of token
    static ObjectNode of(String title, String remedy, Optional<TokenFamily> family) {
        String revoke = family.map(TokenFamily::revoke).orElse(remedy);
        var markdown = new StringBuilder("# ").append(title).append("\n\n");
        markdown.append(
                "Whoever reads a bearer token can use it for as long as it works. It lies where more people and"
                        + " programs can read it than it was made for.\n\n## What to do\n\n1. ");
        markdown.append(revoke).append('\n');
        markdown.append(
                """
                2. Look in the issuer's log for use of it that you cannot explain, from the day on that it lay open.
                3. Replace it where it was used, and keep the new one out of files: in a secret store, or in the environment.
                4. Remove it from every place named. Removing it from a branch leaves it in the history: rewrite that too, or see that it is revoked.
                5. Keep the next one out: `jwtrawl hook install`.
                """);
        if (!remedy.equals(revoke)) {
            markdown.append("\nThe worst one found here: ").append(remedy).append('\n');
        }
        family.ifPresent(known ->
                markdown.append("\n[What the issuer says of it](<")
                        .append(known.source())
                        .append(">)\n"));
        return SarifRules.text(revoke).put("markdown", markdown.toString());
    }
}
