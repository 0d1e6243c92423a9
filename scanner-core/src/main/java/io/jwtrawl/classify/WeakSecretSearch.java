package io.jwtrawl.classify;

import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.token.Token;
import io.jwtrawl.token.TokenId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BooleanSupplier;

/// Tries secrets that everybody knows on tokens that are signed with an HMAC, each token once however many places it has.
///
/// Tokens of one issuer under one header share a key: of many such, the first few are tried with the whole list and the
/// others with its beginning, where the commonest secrets stand, and with what signed any of them. A word list that the
/// user gives is tried on all of them. The outcome is the first secret that fits, in the order of the lists, however many
/// threads work on it.
public final class WeakSecretSearch {

    /// So many tokens of one kin are tried with the whole list.
    static final int WHOLE_LIST = 20;

    /// So many of the commonest secrets are tried on every token.
    static final int COMMONEST = 100;

    /// So many HMACs are worth it without being asked for: some seconds of one processor. Beyond that, all tokens are tried
    /// with less of the list.
    private static final int BUDGET = 4_000_000;

    private static final long NONE = Long.MAX_VALUE;

    private final RuleSet rules;
    private final List<SignedText> texts = new ArrayList<>();
    private final AtomicLongArray first;
    private final Map<Integer, byte[]> secrets = new HashMap<>();

    /// How many of the known secrets each text is tried with; the empty one comes before them.
    private final int[] tried;

    /// @param tokens distinct ones, of any kind
    public WeakSecretSearch(Collection<Token> tokens, RuleSet rules) {
        this.rules = rules;
        for (Token token : tokens) {
            SignedText.of(token).ifPresent(texts::add);
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
        var attempt = new Attempt(cancelled);
        List<byte[]> known = rules.weakSecrets();
        if (thread == 0) {
            attempt.with(new byte[0], 0);
        }
        for (int i = thread; i < known.size() && attempt.goesOn(); i += threads) {
            attempt.with(known.get(i), i + 1L);
        }
        Optional<Path> wordlist = rules.wordlist();
        if (wordlist.isPresent() && attempt.goesOn()) {
            try (var words = new Wordlist(wordlist.get())) {
                long number = 0;
                for (byte[] word = words.next();
                        word != null && attempt.goesOn();
                        word = words.next()) {
                    if (number % threads == thread) {
                        attempt.with(word, known.size() + 1 + number);
                    }
                    number++;
                }
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
        Map<String, Map<Long, byte[]>> signers = new HashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            if (first.get(i) != NONE && texts.get(i).kin().isPresent()) {
                signers.computeIfAbsent(texts.get(i).kin().get(), _ -> new TreeMap<>())
                        .put(first.get(i), secretOf(i));
            }
        }
        for (int i = 0; i < texts.size(); i++) {
            SignedText text = texts.get(i);
            if (first.get(i) == NONE && text.kin().isPresent()) {
                Map<Long, byte[]> secretsOfKin = signers.getOrDefault(text.kin().get(), Map.of());
                var hash = new KeyedHash(text.algorithm());
                for (Map.Entry<Long, byte[]> secret : secretsOfKin.entrySet()) {
                    hash.key(secret.getValue());
                    if (text.isSignedBy(hash)) {
                        fits(i, secret.getValue(), secret.getKey());
                    }
                }
            }
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

    /// One thread's hashes.
    private final class Attempt {
        private static final int GLANCE = 256;

        private final BooleanSupplier cancelled;
        private final Map<HmacAlgorithm, KeyedHash> hashes = new EnumMap<>(HmacAlgorithm.class);
        private int untilGlance = GLANCE;
        private boolean goesOn = true;

        Attempt(BooleanSupplier cancelled) {
            this.cancelled = cancelled;
            for (SignedText text : texts) {
                hashes.computeIfAbsent(text.algorithm(), KeyedHash::new);
            }
        }

        boolean goesOn() {
            return goesOn;
        }

        private long most(int text) {
            return rules.wordlist().isPresent() ? NONE : tried[text];
        }

        void with(byte[] secret, long number) {
            for (KeyedHash hash : hashes.values()) {
                hash.key(secret);
            }
            boolean open = false;
            for (int i = 0; i < texts.size(); i++) {
                if (first.get(i) < number || number > most(i)) {
                    continue;
                }
                open = true;
                SignedText text = texts.get(i);
                KeyedHash hash = hashes.get(text.algorithm());
                if (hash != null && text.isSignedBy(hash)) {
                    fits(i, secret, number);
                }
                untilGlance--;
                if (untilGlance == 0) {
                    untilGlance = GLANCE;
                    if (cancelled.getAsBoolean()) {
                        open = false;
                        break;
                    }
                }
            }
            goesOn = open;
        }
    }
}
