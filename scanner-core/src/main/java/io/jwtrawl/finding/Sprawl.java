package io.jwtrawl.finding;

import java.util.Optional;

/// How far one token, and what it has in common with others, has spread within one scan.
///
/// @param places distinct places that hold it
/// @param repositories distinct repositories among them
/// @param issuer all tokens of its issuer; absent if it names none
/// @param subject those of the issuer that speak for the same subject
/// @param jwtId those of the issuer with the same `jti`: more than one means copies with other claims or signatures
/// @param key those of the issuer that are signed with the same key, by its `kid`
public record Sprawl(
        int places,
        int repositories,
        Optional<Kin> issuer,
        Optional<Kin> subject,
        Optional<Kin> jwtId,
        Optional<Kin> key) {

    /// Tokens that have something in common.
    ///
    /// @param tokens distinct ones, this one included
    /// @param places distinct places that hold any of them
    /// @param repositories distinct repositories among these
    public record Kin(int tokens, int places, int repositories) {}
}
