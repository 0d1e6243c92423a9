package io.jwtrawl.rules;

import java.util.List;

/// Someone who issues tokens, as a file under `rules/issuers` describes it.
///
/// @param families tried in order; the first that matches names the token
public record Provider(String id, String title, List<TokenFamily> families) {}
