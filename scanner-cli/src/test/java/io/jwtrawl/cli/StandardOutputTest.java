package io.jwtrawl.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

class StandardOutputTest {

    @Test
    void aReaderThatIsGoneIsNoFailure() {
        assertThatCode(() -> failingWith("Broken pipe").write(1)).doesNotThrowAnyException();
    }

    @Test
    void aFullDiskIs() {
        assertThatThrownBy(() -> failingWith("No space left on device").write(1))
                .isInstanceOf(IOException.class);
    }

    private static StandardOutput failingWith(String message) {
        return new StandardOutput(
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException(message);
                    }
                });
    }
}
