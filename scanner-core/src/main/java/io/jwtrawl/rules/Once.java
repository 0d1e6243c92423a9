package io.jwtrawl.rules;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is made when it is asked for the first time.
final class Once<T> implements Supplier<T> {

    private final Supplier<T> source;
    private volatile @Nullable T made;

    Once(Supplier<T> source) {
        this.source = source;
    }

    @Override
    public T get() {
        T known = made;
        return known == null ? make() : known;
    }

    private synchronized T make() {
        T known = made;
        if (known == null) {
            known = source.get();
            made = known;
        }
        return known;
    }
}
