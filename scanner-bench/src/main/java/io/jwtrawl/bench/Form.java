package io.jwtrawl.bench;

import java.util.Random;

/// A form that tokens have.
///
/// @param name the row of the table
/// @param instances how many tokens of this form the corpus has
record Form(String name, int instances, Maker maker) {

    /// Makes a token up.
    @FunctionalInterface
    interface Maker {
        /// @param instance counts from 0, for forms with several variants
        MadeUp make(Random random, int instance);
    }
}
