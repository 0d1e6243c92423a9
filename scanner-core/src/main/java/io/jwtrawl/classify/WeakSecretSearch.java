package io.jwtrawl.classify;

import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.rules.SecretList;
import io.jwtrawl.token.Token;
import io.jwtrawl.token.TokenId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BooleanSupplier;

/// Tries secrets that everybody knows on tokens that are signed with an HMAC, each token once however many places it has.
///
/// Tokens of one issuer under one header share a key: of many such, the first few are tried with the whole list and the
/// others with its beginning, where the commonest secrets stand, and with what signed any of them; published samples with
/// none. A word list that the user gives is tried on all of them. The outcome is the first secret that fits, in the order of
/// the lists, however many threads work on it.
public final class WeakSecretSearch {

    /// So many tokens of one kin are tried with the whole list.
    static final int WHOLE_LIST = 20;

    /// So many of the commonest secrets are tried on every token.
    static final int COMMONEST = 100;

    /// So many HMACs are worth it without being asked for: some seconds of one processor. Beyond that, all tokens are tried
    /// with less of the list.
    private static final int BUDGET = 4_000_000;

    private static final long NONE = Long.MAX_VALUE;

    private static final SecretList EMPTY = SecretList.of(List.of(new byte[0]));

    private final RuleSet rules;
    private final List<HmacText> texts = new ArrayList<>();
    private final AtomicLongArray first;
    private final Map<Integer, byte[]> secrets = new HashMap<>();

    /// How many of the known secrets each text is tried with; the empty one comes before them.
    private final int[] tried;

    /// @param tokens distinct ones, of any kind
    public WeakSecretSearch(Collection<Token> tokens, RuleSet rules) {
        this.rules = rules;
        for (Token token : tokens) {
            if (rules.wordlist().isPresent() || !isSample(token)) {
                HmacText.of(token).ifPresent(texts::add);
            }
        }
        first = new AtomicLongArray(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            first.set(i, NONE);
        }
        // So that it does not matter in which order they were found.
        texts.sort((one, other) -> one.token().id().compareTo(other.token().id()));
        tried = new int[texts.size()];
        if (!texts.isEmpty()) {
            share(rules.weakSecrets().size());
        }
    }

    /// Who published a sample has mostly published its secret, too; only a list that the user gives may find another.
    private boolean isSample(Token token) {
        return token.claims()
                .filter(claims -> rules.isSample(token.id().hex(), claims.all()))
                .isPresent();
    }

    private void share(int known) {
        if (rules.wordlist().isPresent()) {
            Arrays.fill(tried, known);
            return;
        }
        Map<String, Integer> seen = new HashMap<>();
        long sum = 0;
        for (int i = 0; i < tried.length; i++) {
            Optional<String> kin = texts.get(i).kin();
            int before = kin.map(name -> seen.merge(name, 1, Integer::sum)).orElse(1);
            tried[i] = before <= WHOLE_LIST ? known : Math.min(COMMONEST, known);
            sum += tried[i];
        }
        if (sum > BUDGET) {
            int most = Math.max(1, BUDGET / tried.length);
            for (int i = 0; i < tried.length; i++) {
                tried[i] = Math.min(tried[i], most);
            }
        }
    }

    /// Whether there is nothing to try.
    public boolean isEmpty() {
        return texts.isEmpty();
    }

    /// Does one thread's share of the work.
    ///
    /// @param thread from 0
    /// @param cancelled asked now and then
    /// @throws UncheckedIOException if the word list cannot be read
    public void run(int thread, int threads, BooleanSupplier cancelled) {
        var attempt = new Attempt(thread, threads, cancelled);
        if (thread == 0) {
            attempt.with(EMPTY, 0);
        }
        SecretList known = rules.weakSecrets();
        attempt.with(known, 1);
        if (rules.wordlist().isPresent()) {
            try (var words = new Wordlist(rules.wordlist().get())) {
                attempt.with(words, known.size() + 1L);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// The secrets that were found, once all threads are done.
    public Map<TokenId, WeakSecret> found() {
        spread();
        int known = isEmpty() ? 0 : rules.weakSecrets().size();
        Map<TokenId, WeakSecret> found = new HashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            long number = first.get(i);
            if (number != NONE) {
                boolean own = number <= known;
                found.put(
                        texts.get(i).token().id(),
                        WeakSecret.of(
                                secretOf(i),
                                own ? WeakSecret.KNOWN : WeakSecret.WORDLIST,
                                own ? number : number - known));
            }
        }
        return found;
    }

    /// Tries what signed one token on its kin.
    private void spread() {
        Map<String, SortedMap<Long, byte[]>> found = new HashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            if (first.get(i) != NONE && texts.get(i).kin().isPresent()) {
                found.computeIfAbsent(texts.get(i).kin().get(), _ -> new TreeMap<>())
                        .put(first.get(i), secretOf(i));
            }
        }
        Map<String, Signers> signers = new HashMap<>();
        found.forEach((kin, secrets) -> signers.put(kin, Signers.of(secrets)));
        for (int i = 0; i < texts.size(); i++) {
            Signers known = texts.get(i).kin().map(signers::get).orElse(null);
            if (first.get(i) == NONE && known != null) {
                int signer = known.trial().firstThatSigned(texts.get(i), 0, known.secrets().size());
                if (signer >= 0) {
                    fits(i, known.secrets().get(signer), known.numbers().get(signer));
                }
            }
        }
    }

    /// What signed tokens of one kin, in the order of the lists.
    private record Signers(List<Long> numbers, SecretList secrets, SecretTrial trial) {
        static Signers of(SortedMap<Long, byte[]> found) {
            var secrets = SecretList.of(found.values());
            return new Signers(List.copyOf(found.keySet()), secrets, new SecretTrial(secrets));
        }
    }

    private byte[] secretOf(int text) {
        synchronized (secrets) {
            return secrets.getOrDefault(text, new byte[0]);
        }
    }

    private void fits(int text, byte[] secret, long number) {
        synchronized (secrets) {
            if (number < first.get(text)) {
                first.set(text, number);
                secrets.put(text, secret);
            }
        }
    }

    /// One thread's share of the attempts: every so many-th stretch of a list.
    private final class Attempt {
        private final int thread;
        private final int threads;
        private final BooleanSupplier cancelled;
        private boolean goesOn = true;

        Attempt(int thread, int threads, BooleanSupplier cancelled) {
            this.thread = thread;
            this.threads = threads;
            this.cancelled = cancelled;
        }

        /// @param number the first secret's, among all that are tried
        void with(SecretList secrets, long number) {
            var trial = new SecretTrial(secrets);
            int from = number == 0 ? 0 : thread * SecretTrial.STRETCH;
            while (goesOn && from < secrets.size()) {
                int to = Math.min(from + SecretTrial.STRETCH, secrets.size());
                stretch(trial, secrets, from, to, number);
                from += threads * SecretTrial.STRETCH;
            }
        }

        void with(Wordlist words, long number) throws IOException {
            long stretch = 0;
            for (List<byte[]> some = words.next(SecretTrial.STRETCH);
                    goesOn && !some.isEmpty();
                    some = words.next(SecretTrial.STRETCH)) {
                if (stretch % threads == thread) {
                    var secrets = SecretList.of(some);
                    stretch(
                            new SecretTrial(secrets),
                            secrets,
                            0,
                            secrets.size(),
                            number + stretch * SecretTrial.STRETCH);
                }
                stretch++;
            }
        }

        private void stretch(SecretTrial trial, SecretList secrets, int from, int to, long number) {
            boolean open = false;
            for (int i = 0; i < texts.size(); i++) {
                long end = Math.min(to, most(i) + 1 - number);
                if (first.get(i) < number + from || end <= from) {
                    continue;
                }
                open = true;
                int found = trial.firstThatSigned(texts.get(i), from, (int) end);
                if (found >= 0) {
                    fits(i, secrets.get(found), number + found);
                }
                if (cancelled.getAsBoolean()) {
                    open = false;
                    break;
                }
            }
            goesOn = open;
        }

        private long most(int text) {
            return rules.wordlist().isPresent() ? NONE - 1 : tried[text];
        }
    }
}
