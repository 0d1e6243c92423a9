package io.jwtrawl.cli;

import java.nio.charset.Charset;
import java.util.Map;

/// What is known of the terminal.
///
/// @param outIsTerminal whether standard output is shown to a person
/// @param errIsTerminal whether standard error is
/// @param colour whether colours are wanted
/// @param unicode whether characters beyond ASCII can be shown
record Terminal(boolean outIsTerminal, boolean errIsTerminal, boolean colour, boolean unicode) {

    /// The launcher looks at each stream, which Java cannot do, and passes what it saw. Without it nobody looks on.
    static Terminal detect(Map<String, String> environment) {
        boolean out = Boolean.getBoolean("jwtrawl.stdout.tty");
        boolean err = Boolean.getBoolean("jwtrawl.stderr.tty");
        boolean dumb = "dumb".equals(environment.get("TERM"));
        boolean noColour = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(out, err && !dumb, out && !dumb && !noColour, canEncodeEllipsis());
    }

    private static boolean canEncodeEllipsis() {
        String encoding = System.getProperty("stdout.encoding", Charset.defaultCharset().name());
        return Charset.isSupported(encoding)
                && Charset.forName(encoding).newEncoder().canEncode('…');
    }
}
