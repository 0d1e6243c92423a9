package io.jwtrawl.reports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jane@example.com                        | #",
                "JANE.DOE+x@mail.example.com.            | #.",
                "write to jane@example.com, or not       | write to #, or not",
                "acct:jane@example.com                   | acct:#",
                "Jane Doe <jane@example.com>; you        | #; you",
                "(jane@example.com)                      | (#)",
                "jane@[192.0.2.1] there                  | # there",
                "jäne@exämple.com                        | #",
                "a@b.example,c@d.example                 | #,#",
                "https://jane:pw@host.example/a@b        | https://#@host.example/a@b",
                "https://jane@example.com:pw@host/       | https://#@host/",
                "https://jane%40example.com:pw@host/     | https://#@host/",
                "https://host.example/?to=jane%40x.example&y | https://host.example/?to=#&y",
                "https://host.example/@jane              | https://host.example/@jane",
                "abc@clients                             | abc@clients",
                "@                                       | @",
                "%40                                     | %40",
                "@@@.a@b.@.                              | @@@.a@b.@.",
            })
    void replacesPersonsAndNothingElse(String text, String expected) {
        assertThat(Addresses.replace(text, _ -> "#")).isEqualTo(expected);
    }

    @Test
    void takesAQuotedLocalPart() {
        assertThat(Addresses.replace("to \"jane doe\"@example.com now", _ -> "#"))
                .isEqualTo("to # now");
    }

    @Test
    void isNotSlowOnALongTextOfAts() {
        String ats = "@".repeat(300_000) + "a@".repeat(100_000) + "://".repeat(100_000);
        assertThat(Addresses.replace(ats, _ -> "#")).isEqualTo(ats);
    }
}
