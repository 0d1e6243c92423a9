package io.jwtrawl.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jwtrawl.rules.SecretList;
import io.jwtrawl.source.NativeCode;
import io.jwtrawl.testkit.Tokens;
import io.jwtrawl.testkit.Tries;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SecretTrialTest {

    /// Secrets of every length around those of a block, texts of every length around those of several.
    @Test
    void nativeCodeFindsWhatJavaFinds() {
        assumeThat(NativeCode.isLoaded()).as("the library was built").isTrue();
        Tries.run(
                2_000,
                random -> {
                    List<byte[]> secrets = secrets(random);
                    int signer = random.nextInt(secrets.size() + 1);
                    HmacText text =
                            HmacText.of(
                                            Judged.token(
                                                    Tokens.signed(
                                                            "HS" + 128 * (2 + random.nextInt(3)),
                                                            "{\"sub\":\""
                                                                    + "x"
                                                                            .repeat(
                                                                                    random.nextInt(
                                                                                            300))
                                                                    + "\"}",
                                                            signer == secrets.size()
                                                                    ? new byte[] {1}
                                                                    : secrets.get(signer))))
                                    .orElseThrow();
                    int from = random.nextInt(secrets.size());
                    int to = from + 1 + random.nextInt(secrets.size() - from);
                    var trial = new SecretTrial(SecretList.of(secrets));
                    int expected = from <= signer && signer < to ? signer : -1;
                    assertThat(trial.inJava(text, from, to)).isEqualTo(expected);
                    for (int level = 0; level < SecretTrial.LEVELS; level++) {
                        trial = new SecretTrial(SecretList.of(secrets), level);
                        assertThat(trial.inNativeCode(text, from, to)).isEqualTo(expected);
                    }
                });
    }

    /// Their first bytes tell them apart, unless there is only the empty one.
    private static List<byte[]> secrets(Random random) {
        int count = random.nextInt(SecretTrial.STRETCH * 2);
        List<byte[]> secrets = new ArrayList<>();
        secrets.add(new byte[0]);
        for (int i = 0; i < count; i++) {
            byte[] secret = Tokens.bytes(random, 2 + random.nextInt(160));
            secret[0] = (byte) (2 + i);
            secrets.add(secret);
        }
        return secrets;
    }
}
