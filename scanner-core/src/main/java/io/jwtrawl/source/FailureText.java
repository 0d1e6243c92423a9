package io.jwtrawl.source;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// What went wrong, in words for whoever runs the program: on one line, without the file name that many messages repeat
/// and without the names of Java's classes, defects apart.
public final class FailureText {

    private FailureText() {}

    public static String of(Throwable failure) {
        String message = failure.getMessage();
        String text =
                switch (failure) {
                    case NoSuchFileException _ -> "no such file or folder";
                    case AccessDeniedException _ -> "permission denied";
                    case NotDirectoryException _ -> "not a folder";
                    case FileAlreadyExistsException _ -> "exists already";
                    case FileSystemLoopException _ -> "a loop of links";
                    case FileSystemException e when e.getReason() != null -> e.getReason();
                    case EOFException _ when message == null -> "ends too early";
                    case IOException _ when message != null -> withoutFile(message);
                    case IOException _ -> "cannot be read or written";
                    case OutOfMemoryError _ ->
                            "out of memory; --max-memory grants more, fewer --threads need less";
                    default ->
                            "unexpected failure, "
                                    + failure.getClass().getSimpleName()
                                    + (message == null ? "" : ": " + message);
                };
        return PathText.escape(text.strip());
    }

    /// `java.io` says `/a/file (Permission denied)`.
    private static String withoutFile(String message) {
        int reason = message.lastIndexOf(" (");
        return reason >= 0 && message.endsWith(")")
                ? message.substring(reason + 2, message.length() - 1)
                : message;
    }
}
