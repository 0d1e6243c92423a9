package io.jwtrawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TerminalTest {

    @BeforeEach
    void pretendToBeATerminal() {
        System.setProperty("jwtrawl.stdout.tty", "true");
        System.setProperty("jwtrawl.stderr.tty", "true");
    }

    @AfterEach
    void stop() {
        System.clearProperty("jwtrawl.stdout.tty");
        System.clearProperty("jwtrawl.stderr.tty");
    }

    @Test
    void coloursATerminalThatCanShowThem() {
        assertThat(Terminal.detect(Map.of("TERM", "xterm")).colour()).isTrue();
    }

    @Test
    void neverColoursWhereNobodyWantsIt() {
        assertThat(Terminal.detect(Map.of("TERM", "xterm", "NO_COLOR", "1")).colour()).isFalse();
        assertThat(Terminal.detect(Map.of("TERM", "dumb")).colour()).isFalse();
        System.setProperty("jwtrawl.stdout.tty", "false");
        assertThat(Terminal.detect(Map.of("TERM", "xterm")).colour()).isFalse();
    }

    @Test
    void showsNoProgressBarOnADumbTerminal() {
        assertThat(Terminal.detect(Map.of("TERM", "xterm")).errIsTerminal()).isTrue();
        assertThat(Terminal.detect(Map.of("TERM", "dumb")).errIsTerminal()).isFalse();
    }
}
