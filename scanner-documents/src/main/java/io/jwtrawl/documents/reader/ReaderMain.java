package io.jwtrawl.documents.reader;

import io.jwtrawl.documents.protocol.DocumentKind;
import io.jwtrawl.documents.protocol.Outcome;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.List;

/// What a process runs that reads documents for a scan, until that closes its standard input.
///
/// No document is trusted: one that takes too long or too much memory ends the process, and the scan starts another.
public final class ReaderMain {

    private ReaderMain() {}

    /// @param arguments how long a document may take, in milliseconds
    public static void main(String[] arguments) throws IOException {
        var in =
                new DataInputStream(
                        new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
        var out = new ItemWriter(new FileOutputStream(FileDescriptor.out));
        System.setOut(System.err); // where nobody listens: libraries may print
        var watchdog = new Watchdog(Long.parseLong(arguments[0]), out);
        watchdog.start();
        try {
            serve(in, out, watchdog);
        } finally {
            TemporaryFolder.delete();
        }
    }

    private static void serve(DataInputStream in, ItemWriter out, Watchdog watchdog)
            throws IOException {
        var reader = new DocumentReader(out);
        while (true) {
            DocumentKind kind;
            int depth;
            try {
                kind = DocumentKind.valueOf(in.readUTF());
                depth = in.readInt();
            } catch (EOFException e) {
                return;
            }
            Outcome outcome;
            try (SpooledDocument document = SpooledDocument.receive(in)) {
                watchdog.begin();
                outcome = reader.read(kind, document, new Scope(List.of(), depth));
            } catch (OutOfMemoryError e) {
                outcome = Outcome.OUT_OF_MEMORY;
            }
            watchdog.end();
            out.end(outcome);
            if (outcome == Outcome.OUT_OF_MEMORY) {
                return; // who knows what it left behind
            }
        }
    }
}
