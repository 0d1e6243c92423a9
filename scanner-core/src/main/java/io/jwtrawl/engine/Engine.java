package io.jwtrawl.engine;

import io.jwtrawl.classify.Classifier;
import io.jwtrawl.classify.WeakSecret;
import io.jwtrawl.classify.WeakSecretSearch;
import io.jwtrawl.detect.Detector;
import io.jwtrawl.detect.Limits;
import io.jwtrawl.finding.Attribution;
import io.jwtrawl.finding.Incident;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.rules.Policy;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.source.Crawler;
import io.jwtrawl.source.ExpansionLimits;
import io.jwtrawl.source.FailureText;
import io.jwtrawl.source.Unpacker;
import io.jwtrawl.token.Redaction;
import io.jwtrawl.token.Sighting;
import io.jwtrawl.token.Token;
import io.jwtrawl.token.TokenId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/// Runs one scan: crawlers against a fixed number of workers, then attribution, then the classifier.
///
/// The only class that starts threads, with the [Crew] that works on what was found. Memory is bounded by the number of workers, each with one buffer, by the queue of
/// parts, and by what is found.
public final class Engine {

    private static final int WAITING_PARTS_PER_THREAD = 256;

    /// How often the thread that waits for the others looks whether the scan was cancelled.
    private static final Duration GLANCE = Duration.ofMillis(100);

    /// How long a cancelled scan waits for a thread, which may be blocked in a read, before it goes on without it.
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final RuleSet rules;
    private final Supplier<Policy> policy;
    private final Limits limits;
    private final int threads;
    private final Unpacker unpacker;
    private final ExpansionLimits expansionLimits;
    private final List<Crawler> crawlers;
    private final List<Attribution> attributions;
    private final Progress progress = new Progress();
    private final PartQueue parts;
    private int roundSize = Integer.MAX_VALUE;

    /// Opens no containers.
    ///
    /// @param crawlers the places to search
    /// @param attributions asked one after the other about what was found
    public Engine(
            RuleSet rules,
            Policy policy,
            Limits limits,
            int threads,
            List<? extends Crawler> crawlers,
            List<? extends Attribution> attributions) {
        this(rules, () -> policy, limits, threads, crawlers, attributions);
    }

    /// Opens no containers.
    ///
    /// @param policy asked for if there is something to judge
    /// @param crawlers the places to search
    /// @param attributions asked one after the other about what was found
    public Engine(
            RuleSet rules,
            Supplier<Policy> policy,
            Limits limits,
            int threads,
            List<? extends Crawler> crawlers,
            List<? extends Attribution> attributions) {
        this(
                rules,
                policy,
                limits,
                threads,
                crawlers,
                attributions,
                Unpacker.NONE,
                ExpansionLimits.DEFAULT);
    }

    /// @param policy asked for if there is something to judge
    /// @param crawlers the places to search
    /// @param attributions asked one after the other about what was found
    /// @param unpacker opens the containers that crawlers meet
    public Engine(
            RuleSet rules,
            Supplier<Policy> policy,
            Limits limits,
            int threads,
            List<? extends Crawler> crawlers,
            List<? extends Attribution> attributions,
            Unpacker unpacker,
            ExpansionLimits expansionLimits) {
        this.unpacker = unpacker;
        this.expansionLimits = expansionLimits;
        this.rules = rules;
        this.policy = policy;
        this.limits = limits;
        this.threads = threads;
        this.crawlers = List.copyOf(crawlers);
        this.attributions = List.copyOf(attributions);
        this.parts = new PartQueue(WAITING_PARTS_PER_THREAD * threads);
    }

    /// Lets only so many crawlers crawl together, in rounds: the next begins when what the one before found is attributed.
    /// So what crawlers keep until then, in memory or on disk, does not grow with their number.
    public void inRoundsOf(int crawlers) {
        roundSize = crawlers;
    }

    /// Counters that may be read while [#scan] runs.
    public Progress progress() {
        return progress;
    }

    /// What the scan died of, if it did; for the log.
    public Optional<Throwable> failure() {
        return parts.failure();
    }

    /// Ends the scan soon, from any thread, even if others wait for input that never comes; [#scan] then returns what
    /// was found so far.
    public void cancel() {
        parts.cancel();
    }

    /// Searches everything, and returns when all is searched, the scan was cancelled, or something broke. Called once.
    ///
    /// @param now the instant at which tokens are judged
    public ScanReport scan(Instant now) throws InterruptedException {
        long begin = System.nanoTime();
        long searching = 0;
        long attributing = 0;
        List<Incident> incidents = new ArrayList<>();
        List<Sighting> sightings = new ArrayList<>();
        var crew = new Crew(threads, parts::fail);
        Optional<FutureTask<Classifier>> classifier = Optional.empty();
        int from = 0;
        while (from < crawlers.size() && !parts.isCancelled()) {
            int to = from + Math.min(roundSize, crawlers.size() - from);
            long round = System.nanoTime();
            parts.begin(crawlers.subList(from, to));
            from = to;
            List<Sighting> seen = seen(search(), incidents);
            long searched = System.nanoTime();
            if (from == crawlers.size()) {
                List<Sighting> all = new ArrayList<>(sightings);
                all.addAll(seen);
                classifier = begin(all, crew, now);
            }
            sightings.addAll(attributed(seen, incidents));
            searching += searched - round;
            attributing += System.nanoTime() - searched;
        }
        if (classifier.isEmpty()) {
            classifier = begin(sightings, crew, now);
        }
        incidents.sort(Engine::byPlace);
        return new ScanReport(
                sightings.isEmpty()
                        ? List.of()
                        : new Findings(rules, finished(classifier.orElseThrow()), crew, now)
                                .of(sightings),
                List.copyOf(incidents),
                new ScanReport.Statistics(
                        progress.blobs(),
                        progress.bytes(),
                        Duration.ofNanos(searching),
                        Duration.ofNanos(attributing),
                        Duration.ofNanos(System.nanoTime() - begin)),
                now,
                ending());
    }

    private static List<Sighting> seen(List<Worker> workers, List<Incident> incidents) {
        List<Sighting> seen = new ArrayList<>();
        for (Worker worker : workers) {
            incidents.addAll(worker.incidents());
            worker.unfinished()
                    .ifPresent(blob ->
                            incidents.add(
                                    new Incident.Skipped(
                                            blob, "the scan ended while it was searched")));
            seen.addAll(worker.sightings());
        }
        return seen;
    }

    private List<Sighting> attributed(List<Sighting> seen, List<Incident> incidents) {
        List<Sighting> attributed = seen;
        for (Attribution attribution : attributions) {
            try {
                attributed = attribution.attribute(attributed, told(incidents));
            } catch (RuntimeException | Error e) {
                parts.fail(e); // what was found is told without it
            }
        }
        return attributed;
    }

    /// What judging needs to know of the tokens does not depend on where they came from: it is worked out while that is told.
    private Optional<FutureTask<Classifier>> begin(
            List<Sighting> sightings, Crew crew, Instant now) {
        if (sightings.isEmpty()) {
            return Optional.empty();
        }
        List<Sighting> found = List.copyOf(sightings);
        var task =
                new FutureTask<>(
                        () -> new Classifier(rules, policy.get(), now, weakSecrets(found, crew)));
        Thread.ofPlatform().daemon().name("jwtrawl-classifier").start(task);
        return Optional.of(task);
    }

    private static Classifier finished(FutureTask<Classifier> classifier)
            throws InterruptedException {
        try {
            return classifier.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private Attribution.Scan told(List<Incident> incidents) {
        return new Attribution.Scan() {
            @Override
            public void accept(Incident incident) {
                incidents.add(incident);
            }

            @Override
            public boolean isCancelled() {
                return parts.isCancelled();
            }
        };
    }

    /// Tries what is known of signing secrets, all threads at once. What goes wrong costs no finding.
    private Map<TokenId, WeakSecret> weakSecrets(List<Sighting> sightings, Crew crew)
            throws InterruptedException {
        Map<TokenId, Token> tokens = new HashMap<>();
        for (Sighting sighting : sightings) {
            tokens.put(sighting.token().id(), sighting.token());
        }
        var search = new WeakSecretSearch(tokens.values(), rules);
        if (search.isEmpty()) {
            return Map.of();
        }
        crew.share((thread, all) -> search.run(thread, all, parts::isCancelled));
        return search.found();
    }

    private List<Worker> search() throws InterruptedException {
        List<Worker> workers = new ArrayList<>();
        List<Thread> running = new ArrayList<>();
        var detector = new Detector(rules, limits);
        for (int i = 0; i < threads; i++) {
            var worker =
                    new Worker(
                            detector.another(),
                            rules,
                            limits,
                            unpacker,
                            expansionLimits,
                            parts,
                            progress);
            workers.add(worker);
            // A read that never returns must not keep the program alive.
            running.add(
                    Thread.ofPlatform().daemon().name("jwtrawl-" + i).start(() -> work(worker)));
        }
        for (Thread thread : running) {
            while (!parts.isCancelled() && !thread.join(GLANCE)) {
                // A worker that waits for a pipe does not see that the scan was cancelled; this
                // thread looks.
            }
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (Thread thread : running) {
            thread.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        }
        return workers;
    }

    private void work(Worker worker) {
        try {
            for (var part = parts.take(); part.isPresent(); part = parts.take()) {
                try {
                    part.get().run(worker);
                } finally {
                    parts.finished();
                }
            }
        } catch (InterruptedException e) {
            parts.cancel(); // also the way in which a cancelled crawl ends
        } catch (RuntimeException | Error e) {
            parts.fail(e);
        }
    }

    private ScanReport.Ending ending() {
        return parts.failure()
                .<ScanReport.Ending>map(cause ->
                        new ScanReport.Ending.Failed(Redaction.redact(FailureText.of(cause))))
                .orElseGet(() ->
                        parts.isCancelled()
                                ? new ScanReport.Ending.Cancelled()
                                : new ScanReport.Ending.Regular());
    }

    private static int byPlace(Incident one, Incident other) {
        int order = one.where().display().compareTo(other.where().display());
        return order != 0 ? order : one.what().compareTo(other.what());
    }
}
