package io.jwtrawl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jwtrawl.detect.ByteWindow;
import io.jwtrawl.source.Position;
import io.jwtrawl.source.Provenance;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StretchTest {

    private static final int SIZE = 1_000_000;

    /// Also where a line crosses borders.
    @ParameterizedTest
    @ValueSource(ints = {100, 300_000, 2_000_000})
    void tellsLinesAndColumnsOfTheWholeBlob(int lineLength) throws IOException {
        byte[] text = text(lineLength);
        var first = new Stretch(new Provenance.StandardInput(), Optional.empty());
        Stretch fourth = first.split(750_000);
        first.join(first.split(600_000));
        Stretch second = first.split(250_000);
        Stretch third = second.split(500_000);
        List<Stretch> stretches = List.of(first, second, third, fourth);
        var random = new Random(lineLength);
        for (Stretch stretch : stretches) {
            pass(stretch, text);
        }
        for (Stretch stretch : stretches) {
            int from = (int) stretch.from();
            int offset = from + random.nextInt((int) Math.min(SIZE, stretch.until()) - from);
            assertThat(stretch.inBlob(positionIn(stretch, text, offset)))
                    .isEqualTo(position(text, offset));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 2_000_000})
    void tellsNoLineBehindWhatWasNotSearched(int lineLength) throws IOException {
        byte[] text = text(lineLength);
        var first = new Stretch(new Provenance.StandardInput(), Optional.empty());
        Stretch second = first.split(500_000);
        assertThat(second.inBlob(positionIn(second, text, 600_000)))
                .isEqualTo(Position.withoutLines(600_000));
    }

    private static byte[] text(int lineLength) {
        byte[] text = new byte[SIZE];
        Arrays.fill(text, (byte) 'x');
        for (int i = lineLength - 1; i < SIZE; i += lineLength) {
            text[i] = '\n';
        }
        return text;
    }

    private static void pass(Stretch stretch, byte[] text) throws IOException {
        var window = new ByteWindow(SIZE);
        var in = stream(stretch, text);
        window.begin(stretch.readFrom(), true);
        while (true) {
            window.fill(in);
            stretch.passing(window);
            if (window.isLast()) {
                return;
            }
            window.advance(window.bytes().length);
        }
    }

    private static ByteArrayInputStream stream(Stretch stretch, byte[] text) {
        int from = (int) stretch.readFrom();
        return new ByteArrayInputStream(text, from, text.length - from);
    }

    private static Position positionIn(Stretch stretch, byte[] text, int offset)
            throws IOException {
        var window = new ByteWindow(SIZE);
        var in = stream(stretch, text);
        window.begin(stretch.readFrom(), true);
        window.fill(in);
        while (window.index(offset).isEmpty()) {
            window.advance(window.bytes().length);
            window.fill(in);
        }
        return window.position(window.index(offset).getAsInt());
    }

    private static Position position(byte[] text, int offset) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < offset; i++) {
            column++;
            if (text[i] == '\n') {
                line++;
                column = 1;
            }
        }
        return new Position(offset, line, column);
    }
}
