package io.jwtrawl.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.rules.Glob;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustedIssuersTest {

    @ParameterizedTest
    @CsvSource({
        "https://id.example.org, https://id.example.org, true",
        "https://id.example.org, https://id.example.org/, false",
        "https://id.example.org/*, https://id.example.org/realms/main, true",
        "https://*.example.org, https://id.example.org, true",
        "https://*.example.org, https://a.b.example.org, true",
        "https://*.example.org, https://evil.example/x.example.org, false",
        "https://*.example.org, https://evil.example?.example.org, false",
        "https://*.example.org, https://evil.example#.example.org, false",
        "https://*.example.org, https://u@evil.example.org, false",
        "https://*.example.org, https://evil.example:443@id.example.org, false",
        "https://id.example.org, https://id.example.org:8443, false",
        "https://id.example.org:*, https://id.example.org:8443, true",
        "https://*.example.org/realms/*, https://evil.example/x.example.org/realms/y, false",
        "https://id.example.org, http://id.example.org, false",
        "*, https://id.example.org, false",
        "id.example.org, id.example.org, false",
        "https://*, https://id.example.org, true",
        "https://*, https://, false",
        "https://*, https:///x, false",
        "https://*, 'https://a b', false",
    })
    void aPatternLetsInWhatItSaysAndNoMore(String pattern, String issuer, boolean trusted) {
        assertThat(new TrustedIssuers(List.of(Glob.of(pattern))).addressOf(issuer).isPresent())
                .isEqualTo(trusted);
    }
}
