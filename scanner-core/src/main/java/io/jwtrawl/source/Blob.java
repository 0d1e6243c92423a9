package io.jwtrawl.source;

/// Something readable from start to end, and where it was found.
public record Blob(Provenance provenance, Content content) {}
