package io.jwtrawl.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/// One hook that Git runs, and what is there already: that is never lost.
///
/// Where the file belongs to Git, another one that is there is moved aside and run as well; where it belongs to the
/// project, as with husky, a few lines are added to it.
record HookFile(Path path, boolean isProjects) {

    private static final int MAX_SCRIPT = 1024 * 1024;
    private static final String BEGIN = "# >>> " + HookScript.MARK;
    private static final String END = "# <<< jwtrawl";

    /// In the first line of the block, where the file did not end with a line end.
    private static final String JOINED = " (joined)";

    private Path chained() {
        return path.resolveSibling(path.getFileName() + HookScript.CHAINED);
    }

    boolean isInstalled() throws IOException {
        return Files.isRegularFile(path) && text().contains(HookScript.MARK);
    }

    private String text() throws IOException {
        if (Files.size(path) > MAX_SCRIPT) {
            return "";
        }
        return Files.readString(path, StandardCharsets.ISO_8859_1);
    }

    /// @return whether there is another hook, which goes on being run
    boolean install(String script) throws IOException {
        if (!isInstalled() && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            if (Files.exists(chained(), LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(
                        chained()
                                + " is there already: `jwtrawl hook uninstall` first, or move it");
            }
            Files.move(path, chained());
        }
        write(script);
        return Files.exists(chained(), LinkOption.NOFOLLOW_LINKS);
    }

    /// In one step, so that Git never runs half of it.
    private void write(String script) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path unfinished = Files.createTempFile(folder, "jwtrawl", ".unfinished");
        try {
            Files.writeString(unfinished, script, StandardCharsets.UTF_8);
            makeExecutable(unfinished);
            Files.move(
                    unfinished,
                    path,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static void makeExecutable(Path file) throws IOException {
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (UnsupportedOperationException e) {
            // There Git does not look at that.
        }
    }

    /// Adds lines to a script of the project.
    void join(String lines) throws IOException {
        String text = Files.exists(path) ? text() : "";
        if (text.contains(HookScript.MARK)) {
            leave();
            text = Files.exists(path) ? text() : "";
        }
        boolean joined = !text.isEmpty() && !text.endsWith("\n");
        String block =
                (joined ? "\n" : "") + BEGIN + (joined ? JOINED : "") + "\n" + lines + END + "\n";
        boolean isNew = !Files.exists(path);
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(path, text + block, StandardCharsets.ISO_8859_1);
        if (isNew) {
            makeExecutable(path);
        }
    }

    /// Takes the lines out again.
    private void leave() throws IOException {
        String text = text();
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END + "\n", begin);
        if (begin < 0 || end < 0) {
            throw new IOException(
                    path + ": the lines of jwtrawl were changed: remove them by hand");
        }
        boolean joined = text.startsWith(JOINED, begin + BEGIN.length());
        String rest =
                text.substring(0, joined ? begin - 1 : begin)
                        + text.substring(end + END.length() + 1);
        if (rest.isEmpty()) {
            Files.delete(path);
        } else {
            Files.writeString(path, rest, StandardCharsets.ISO_8859_1);
        }
    }

    /// Puts back what was there before, byte for byte.
    ///
    /// @return whether there was anything to remove
    boolean uninstall() throws IOException {
        if (!isInstalled()) {
            return false;
        }
        if (isProjects) {
            leave();
        } else if (Files.exists(chained(), LinkOption.NOFOLLOW_LINKS)) {
            Files.move(
                    chained(),
                    path,
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } else {
            Files.delete(path);
        }
        return true;
    }
}
