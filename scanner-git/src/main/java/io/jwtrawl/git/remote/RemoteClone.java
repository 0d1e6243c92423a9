package io.jwtrawl.git.remote;

import io.jwtrawl.git.HeapGrowth;
import io.jwtrawl.git.IsolatedSystemReader;
import io.jwtrawl.source.FailureText;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.FilterSpec;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.jspecify.annotations.Nullable;

/// Fetches everything of a repository into a bare one here, or what is new since the last time.
final class RemoteClone {

    private static final RefSpec EVERYTHING = new RefSpec("+refs/*:refs/*");

    private static final int MAX_CAUSES = 5;

    /// Of silence, in seconds.
    private static final int TIMEOUT = 60;

    private final RemoteUrl url;
    private final RemoteOptions options;
    private final CloneFolder clones;
    private final HeapGrowth heap;
    private final Map<String, String> headers = new HashMap<>();

    /// @param heap checked as something comes in
    RemoteClone(RemoteUrl url, RemoteOptions options, CloneFolder clones, HeapGrowth heap) {
        this.heap = heap;
        this.url = url;
        this.options = options;
        this.clones = clones;
    }

    /// Where it is put: the same for the same URL and the same depth and filter.
    Path folder() {
        var checksum = new CRC32C();
        String all = url.display() + "\n" + options.depth() + "\n" + options.filter();
        checksum.update(all.getBytes(StandardCharsets.UTF_8));
        String name = url.folderName();
        int slash = name.lastIndexOf('/');
        return clones.folder()
                .resolve(name.substring(0, slash))
                .resolve(Long.toHexString(checksum.getValue()))
                .resolve(name.substring(slash + 1))
                .toAbsolutePath()
                .normalize();
    }

    /// @throws IOException with a message fit to be shown
    Path fetch() throws IOException {
        IsolatedSystemReader.install();
        Path folder = folder();
        Files.createDirectories(folder.getParent());
        options.progress().accept("fetching " + url.display());
        try (FileChannel lock =
                        FileChannel.open(
                                folder.resolveSibling("lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                var held = lock.lock();
                Repository repository =
                        new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().build()) {
            if (!held.isValid()) {
                throw new IOException("the cache is in use");
            }
            if (!Files.exists(folder.resolve(Constants.HEAD))) {
                repository.create(true);
            }
            addHeaders();
            configure(repository);
            fetch(repository);
        } catch (NoRemoteRepositoryException e) {
            throw new IOException("there is no repository, or none that may be read", e);
        } catch (TransportException e) {
            throw new IOException(reason(e), e);
        }
        return folder;
    }

    private void configure(Repository repository) throws IOException {
        StoredConfig config = repository.getConfig();
        config.setString("remote", Constants.DEFAULT_REMOTE_NAME, "url", url.display());
        config.setBoolean(
                "remote", Constants.DEFAULT_REMOTE_NAME, "promisor", options.filter().isPresent());
        // A redirect to another machine must not take a header or a password with it.
        boolean isSecret = !headers.isEmpty() || url.uri().getPass() != null;
        config.setString("http", null, "followRedirects", isSecret ? "false" : "initial");
        config.save();
    }

    private void fetch(Repository repository) throws IOException {
        try (Transport transport = Transport.open(repository, url.uri());
                var _ = SshConnection.of(transport)) {
            transport.setTimeout(TIMEOUT);
            transport.setTagOpt(TagOpt.NO_TAGS); // they are among all refs
            transport.setRemoveDeletedRefs(true);
            transport.setCredentialsProvider(
                    new Credentials(
                            url.host(), url.host().map(host -> options.tokens().get(host))));
            options.depth().ifPresent(transport::setDepth);
            if (options.filter().isPresent()) {
                transport.setFilterSpec(FilterSpec.fromFilterLine(options.filter().get()));
            }
            if (transport instanceof TransportHttp http) {
                http.setAdditionalHeaders(headers);
            }
            FetchResult result =
                    transport.fetch(
                            new FetchProgress(url.display(), clones, heap, options.progress()),
                            List.of(EVERYTHING));
            setHead(repository, result.getAdvertisedRef(Constants.HEAD));
        } catch (TransportException e) {
            // Said of a repository with nothing in it.
            if (!isEmpty(e)) {
                throw e;
            }
        }
    }

    private static boolean isEmpty(TransportException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("Nothing to fetch");
    }

    private void addHeaders() {
        if (url.isHttp()) {
            GitProgram.extraHeaders(url.uri()).forEach(this::addHeader);
            url.host().map(host -> options.headers().get(host)).ifPresent(this::addHeader);
        }
    }

    private void addHeader(String header) {
        int colon = header.indexOf(':');
        headers.put(header.substring(0, colon).strip(), header.substring(colon + 1).strip());
    }

    /// What the other side has checked out is what counts as still there.
    private static void setHead(Repository repository, @Nullable Ref head) throws IOException {
        ObjectId id = head == null ? null : head.getObjectId();
        if (head == null || id == null) {
            return;
        }
        if (head.isSymbolic()) {
            RefUpdate update = repository.updateRef(Constants.HEAD);
            update.disableRefLog();
            update.link(head.getTarget().getName());
            return;
        }
        // Before protocol 2 the other side may not say which branch it is: any that is the same
        // will do.
        Optional<String> branch =
                repository.getRefDatabase().getRefsByPrefix(Constants.R_HEADS).stream()
                        .filter(ref -> id.equals(ref.getObjectId()))
                        .map(Ref::getName)
                        .sorted()
                        .findFirst();
        RefUpdate update = repository.updateRef(Constants.HEAD, branch.isEmpty());
        update.disableRefLog();
        if (branch.isPresent()) {
            update.link(branch.get());
        } else {
            update.setNewObjectId(id);
            update.forceUpdate();
        }
    }

    /// JGit begins with the URL, which may hold a password.
    private String reason(TransportException e) {
        List<String> texts = new ArrayList<>();
        Optional<Throwable> failure = Optional.of(e);
        for (int i = 0; i < MAX_CAUSES && failure.isPresent(); i++) {
            String text = withoutSecrets(FailureText.of(failure.get()));
            if (texts.stream().noneMatch(said -> said.contains(text))) {
                texts.add(text);
            }
            failure = Optional.ofNullable(failure.get().getCause());
        }
        return String.join(": ", texts);
    }

    private String withoutSecrets(String text) {
        String clean = text.replace(url.uri().toPrivateString(), url.display());
        clean = clean.replace(url.uri().toString(), url.display());
        for (String secret : secrets()) {
            clean = clean.replace(secret, "…");
        }
        return clean.startsWith(url.display() + ": ")
                ? clean.substring(url.display().length() + 2)
                : clean;
    }

    private List<String> secrets() {
        List<String> secrets = new ArrayList<>(headers.values());
        Optional.ofNullable(url.uri().getPass()).ifPresent(secrets::add);
        url.host().map(host -> options.tokens().get(host)).ifPresent(secrets::add);
        secrets.removeIf(String::isEmpty);
        return secrets;
    }
}
