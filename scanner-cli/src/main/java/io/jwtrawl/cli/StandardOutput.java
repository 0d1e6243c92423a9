package io.jwtrawl.cli;

import io.jwtrawl.source.FailureText;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/// Standard output that says when it fails, which `System.out` does not.
///
/// Whoever reads may go away when they have what they want, as `head` does: that is no failure. It is never closed.
final class StandardOutput extends FilterOutputStream {

    /// What `System.out` writes to.
    private static final StandardOutput PRINTED = new StandardOutput();

    private boolean readerIsGone;
    private Optional<IOException> failure = Optional.empty();

    StandardOutput() {
        this(new FileOutputStream(FileDescriptor.out));
    }

    StandardOutput(OutputStream out) {
        super(out);
    }

    /// Makes `System.out` tell [#printFailure].
    static void install() {
        System.setOut(
                new PrintStream(new BufferedOutputStream(PRINTED), false, System.out.charset()));
    }

    /// Why what was printed to `System.out` could not be written, if so.
    static Optional<String> printFailure() {
        System.out.flush();
        return PRINTED.failure.map(FailureText::of);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (readerIsGone) {
            return;
        }
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            if (isClosedPipe(e)) {
                readerIsGone = true;
                return;
            }
            failure = Optional.of(e);
            throw e;
        }
    }

    /// Java has no exception of its own for it; these are the messages of POSIX systems and of Windows.
    private static boolean isClosedPipe(IOException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("broken pipe") || message.contains("pipe is being closed");
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
