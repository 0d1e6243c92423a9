package io.jwtrawl.engine;

import io.jwtrawl.detect.ByteWindow;
import io.jwtrawl.detect.CandidateSink;
import io.jwtrawl.detect.Detector;
import io.jwtrawl.finding.Incident;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.rules.TokenRule;
import io.jwtrawl.source.Blob;
import io.jwtrawl.source.BlobSink;
import io.jwtrawl.source.Content;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.PathText;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.token.Redaction;
import io.jwtrawl.token.Sighting;
import io.jwtrawl.token.Token;
import io.jwtrawl.token.TokenDecoder;
import io.jwtrawl.token.TokenId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Searches one blob at a time, in one buffer, on one thread.
final class Worker implements BlobSink {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private final Detector detector;
    private final ByteWindow window;
    private final Limits limits;
    private final PartQueue parts;
    private final Progress progress;
    private final List<Sighting> sightings = new ArrayList<>();

    /// A token that many versions of a file hold is kept once.
    private final Map<TokenId, Token> tokens = new HashMap<>();

    private final List<Incident> incidents = new ArrayList<>();

    Worker(RuleSet rules, Limits limits, PartQueue parts, Progress progress) {
        this.detector = new Detector(rules);
        this.limits = limits;
        this.window = new ByteWindow(limits.tokenBytes() + 1);
        this.parts = parts;
        this.progress = progress;
    }

    List<Sighting> sightings() {
        return sightings;
    }

    List<Incident> incidents() {
        return incidents;
    }

    @Override
    public void accept(Blob blob) throws InterruptedException {
        parts.throwIfCancelled();
        try {
            progress.searched(
                    switch (blob.content()) {
                        case Content.InMemory(var array, var start, var end) -> {
                            window.show(array, start, end);
                            window.search(detector, new Seen(blob.provenance()));
                            yield end - start;
                        }
                        case Content.Streamed(var opener) -> {
                            try (InputStream in = opener.open()) {
                                yield stream(in, blob.provenance());
                            }
                        }
                    });
        } catch (IOException e) {
            unreadable(blob.provenance(), e);
        } catch (RuntimeException e) {
            // A defect of ours or of a library must not cost what else the scan would find.
            LOG.error("cannot search {}", blob.provenance().display(), e);
            unreadable(blob.provenance(), e);
        }
    }

    private long stream(InputStream in, Provenance provenance)
            throws IOException, InterruptedException {
        var seen = new Seen(provenance);
        long bytes = 0;
        window.begin();
        try {
            while (true) {
                bytes += window.fill(in);
                int keepFrom = window.search(detector, seen);
                if (window.isLast()) {
                    return bytes;
                }
                parts.throwIfCancelled();
                window.advance(keepFrom);
            }
        } finally {
            window.trim();
        }
    }

    @Override
    public void fork(Crawler part) throws InterruptedException {
        parts.throwIfCancelled();
        if (!parts.offer(part)) {
            part.crawl(this);
        }
    }

    @Override
    public void expect(long blobs) {
        progress.expect(blobs);
    }

    @Override
    public void unreadable(Provenance where, Exception cause) {
        LOG.debug("cannot read {}", where.display(), cause);
        incidents.add(new Incident.Unreadable(where, describe(cause)));
    }

    @Override
    public void skipped(Provenance where, String limit) {
        incidents.add(new Incident.Skipped(where, limit));
    }

    /// What went wrong, without the file name that many messages repeat.
    private static String describe(Exception cause) {
        return switch (cause) {
            case NoSuchFileException _ -> "vanished while scanning";
            case AccessDeniedException _ -> "permission denied";
            default -> {
                String message = cause.getMessage();
                String kind = cause.getClass().getSimpleName();
                yield Redaction.redact(
                        PathText.escape(
                                message == null
                                        ? kind
                                        : cause instanceof IOException
                                                ? message
                                                : kind + ": " + message));
            }
        };
    }

    /// Decodes what the detector sees in one blob.
    private final class Seen implements CandidateSink {
        private final Provenance provenance;
        private final Set<TokenId> here = new HashSet<>();

        Seen(Provenance provenance) {
            this.provenance = provenance;
        }

        @Override
        public boolean accept(int start, int end, TokenRule rule) {
            if (end - start > limits.tokenBytes()) {
                tooLong(start);
                return true;
            }
            Optional<Token> decoded = TokenDecoder.decode(window.bytes(), start, end, rule);
            decoded.ifPresent(found -> see(found, start));
            return decoded.isPresent();
        }

        /// The first place of a token in a blob stands for all of them there.
        private void see(Token found, int start) {
            Token token = tokens.computeIfAbsent(found.id(), _ -> found);
            if (here.add(token.id())) {
                sightings.add(
                        new Sighting(token, provenance, window.position(start), Optional.empty()));
                progress.sighted();
            }
        }

        @Override
        public void tooLong(int start) {
            skipped(
                    provenance,
                    "what begins like a token at byte "
                            + window.position(start).offset()
                            + " is longer than "
                            + limits.tokenBytes()
                            + " bytes");
        }
    }
}
