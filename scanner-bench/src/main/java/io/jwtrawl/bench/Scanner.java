package io.jwtrawl.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A program that looks for tokens in files.
interface Scanner {

    String name();

    /// What it says about its version.
    String version() throws IOException, InterruptedException;

    /// The files of `corpus` in which it finds what was planted, or anything at all in a decoy.
    List<Planted> hits(Path corpus, List<Planted> planted) throws IOException, InterruptedException;
}
