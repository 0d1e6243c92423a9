package io.jwtrawl.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.testkit.Tokens;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RedactionTest {

    @Property(tries = 1_000)
    void leavesNothingOfATokenButItsBeginning(
            @ForAll String before, @ForAll String after, @ForAll long seed) {
        String token = Tokens.any(seed);
        String redacted = Redaction.redact(before + token + after);
        assertThat(redacted)
                .doesNotContain(token.substring(12))
                .doesNotContain(token.split("\\.")[2]);
    }

    @Test
    void keepsTheTextAroundIt() {
        assertThat(Redaction.redact("a " + Tokens.any(1) + " b, " + Tokens.unsecured("{}") + ";"))
                .isEqualTo("a eyJhbGciOi… b, eyJhbGciOi…;");
    }

    @Test
    void leavesOrdinaryTextAlone() {
        String text = "the eyes of eyJ, every file at /home/eve/.cache";
        assertThat(Redaction.redact(text)).isEqualTo(text);
    }

    @Test
    void knowsTheOtherWaysAHeaderMayBegin() {
        assertThat(Redaction.redact(Tokens.signed("{ \"alg\":\"HS256\"}", "{}"))).hasSize(11);
        assertThat(Redaction.redact(Tokens.signed("{\n\"alg\":\"HS256\"}", "{}"))).hasSize(11);
        assertThat(Redaction.redact(Tokens.signed("{\r\n\"alg\":\"HS256\"}", "{}"))).hasSize(11);
    }
}
