package io.jwtrawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.jwtrawl.testkit.Tokens;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class LoggingTest {

    @Test
    void noTokenReachesTheLogByAnyWay() {
        String token = Tokens.any(1);
        String log =
                logged(() -> {
                    var logger = LoggerFactory.getLogger("io.jwtrawl.test");
                    logger.warn("in the message " + token);
                    logger.warn("as an argument {}", token);
                    logger.warn(
                            "in an exception",
                            new IllegalStateException(
                                    token, new RuntimeException("cause " + token)));
                    logger.warn("in two halves {}{}", token.substring(0, 30), token.substring(30));
                    MDC.put("token", token);
                    logger.error("in the context");
                    MDC.clear();
                });
        assertThat(log)
                .contains("in the message eyJhbGciOi…")
                .doesNotContain(token.split("\\.")[2]);
    }

    @Test
    void nothingInTheLogMovesTheCursor() {
        String log =
                logged(() ->
                        LoggerFactory.getLogger("io.jwtrawl.test")
                                .warn(
                                        "a file \u001b[31mred",
                                        new IllegalStateException("\u202eun\u001b[31mreadable")));
        assertThat(log)
                .contains("a file \\u001b[31mred", "\\u202eun\\u001b[31mreadable", "\n\tat ")
                .doesNotContain("\u001b");
    }

    @Test
    void librariesAreSilentUnlessVerbose() {
        String log =
                logged(() -> LoggerFactory.getLogger("org.eclipse.jgit").error("something odd"));
        assertThat(log).isEmpty();
    }

    private static String logged(Runnable logging) {
        var captured = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
        try {
            var context = (LoggerContext) LoggerFactory.getILoggerFactory();
            context.reset();
            new Logging().configure(context);
            assertThat(context.getLogger(Logger.ROOT_LOGGER_NAME).getLevel()).isEqualTo(Level.OFF);
            logging.run();
        } finally {
            System.setErr(before);
        }
        return captured.toString(StandardCharsets.UTF_8);
    }
}
