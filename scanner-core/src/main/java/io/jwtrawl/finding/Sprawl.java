package io.jwtrawl.finding;

/// How far one token has spread within one scan.
///
/// @param places distinct places that hold it
/// @param repositories distinct repositories among them
public record Sprawl(int places, int repositories) {}
