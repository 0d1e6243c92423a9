package io.jwtrawl.engine;

/// What bounds a scan.
///
/// @param tokenBytes the longest token that is looked for
public record Limits(int tokenBytes) {

    public static final Limits DEFAULT = new Limits(1024 * 1024);
}
