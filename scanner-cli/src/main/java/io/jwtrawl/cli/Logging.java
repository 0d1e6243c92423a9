package io.jwtrawl.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.jwtrawl.source.PathText;
import io.jwtrawl.token.Redaction;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/// Configures Logback for a command: to standard error, quiet, and never with a token in it.
///
/// Logback finds this class as a service, so that no configuration file is read.
public final class Logging extends ContextAwareBase implements Configurator {

    private static final String OURS = "io.jwtrawl";
    private static final String PATTERN = "jwtrawl: %level: %msg%n%ex";
    private static final String VERBOSE_PATTERN =
            "%d{HH:mm:ss.SSS} [%thread] %-5level %logger{0} - %msg%n%ex";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        attach(context, PATTERN);
        // What a library cannot read becomes an incident of the scan, in our words.
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
        context.getLogger(OURS).setLevel(Level.WARN);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /// Logs what we do, and what libraries warn of.
    static void beVerbose() {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.getLogger(Logger.ROOT_LOGGER_NAME).detachAndStopAllAppenders();
        attach(context, VERBOSE_PATTERN);
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        context.getLogger(OURS).setLevel(Level.DEBUG);
    }

    private static void attach(LoggerContext context, String pattern) {
        var layout = new RedactingLayout();
        layout.setContext(context);
        layout.setPattern(pattern);
        layout.start();
        var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(layout);
        encoder.start();
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setName("stderr");
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
    }

    /// Redacts and escapes the finished text, so that messages, arguments and stack traces are all covered.
    static final class RedactingLayout extends PatternLayout {
        @Override
        public String doLayout(ILoggingEvent event) {
            return Redaction.redact(super.doLayout(event))
                    .lines()
                    .map(RedactingLayout::escape)
                    .collect(Collectors.joining("\n", "", "\n"));
        }

        /// The tab that begins a line of a stack trace stays.
        private static String escape(String line) {
            return line.startsWith("\t")
                    ? "\t" + PathText.escape(line.substring(1))
                    : PathText.escape(line);
        }
    }
}
