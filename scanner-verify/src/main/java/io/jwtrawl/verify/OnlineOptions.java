package io.jwtrawl.verify;

import io.jwtrawl.rules.Glob;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What may be asked of whom over the network.
///
/// @param issuers globs of the issuers whose keys may be fetched
/// @param privateAllowed whether servers inside this network may be asked
/// @param authorities a PEM file with certificates that are trusted besides the usual ones
/// @param proxies through which servers are asked
/// @param client a file with the id and the secret with which issuers are asked whether a token still works (RFC 7662)
public record OnlineOptions(
        List<Glob> issuers,
        boolean privateAllowed,
        Optional<Path> authorities,
        Proxies proxies,
        Optional<Path> client,
        FetchLimits limits) {}
