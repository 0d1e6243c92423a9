package io.jwtrawl.cli;

import io.jwtrawl.source.FailureText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/// `jwtrawl init`.
final class InitCommand implements Command {

    private static final String TEMPLATE = "jwtrawl.yaml";

    @Override
    public String name() {
        return "init";
    }

    @Override
    public String header() {
        return "Write a jwtrawl.yaml with every setting in it, explained and commented out.";
    }

    @Override
    public String operands() {
        return "[FOLDER]";
    }

    @Override
    public List<String> description() {
        return List.of(
                "FOLDER is where it goes. Default: the current one. Nothing is overwritten.");
    }

    @Override
    public Options options() {
        return new Options();
    }

    @Override
    public int run(CommandLine line) {
        List<String> folders = line.getArgList();
        if (folders.size() > 1) {
            throw new UsageException("one folder at a time");
        }
        Path file =
                OptionValues.toPath(folders.isEmpty() ? "." : folders.getFirst())
                        .resolve(Config.FILE)
                        .normalize();
        try (InputStream template = InitCommand.class.getResourceAsStream(TEMPLATE)) {
            if (template == null) {
                throw new IllegalStateException("not in this build: " + TEMPLATE);
            }
            Files.copy(template, file);
        } catch (FileAlreadyExistsException e) {
            throw new UsageException(file + ": is there already, and is left as it is", e);
        } catch (IOException e) {
            throw new UsageException(file + ": cannot be written: " + FailureText.of(e), e);
        }
        System.err.println("jwtrawl: wrote " + file + "; take the # away from what you need");
        return ExitCode.CLEAN;
    }
}
