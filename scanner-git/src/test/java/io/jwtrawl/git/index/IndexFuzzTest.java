package io.jwtrawl.git.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.jwtrawl.git.objects.HashFormat;
import java.io.IOException;

/// Whatever stands in an index is read, or refused by an [IndexException].
class IndexFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void anyIndexIsReadOrRefused(byte[] bytes) throws IOException {
        for (HashFormat format : HashFormat.values()) {
            try {
                GitIndex index = IndexReader.read(bytes, format, _ -> bytes);
                assertThat(index.count()).isLessThan(Math.max(1, bytes.length));
            } catch (IndexException e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        }
    }
}
