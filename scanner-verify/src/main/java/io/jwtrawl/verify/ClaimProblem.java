package io.jwtrawl.verify;

/// Something about a token that whoever accepts it should mind.
///
/// @param code what it is, such as `expired`
/// @param refuse whether the token must be refused for it; else it is only worth knowing
/// @param text in words, escaped
public record ClaimProblem(String code, boolean refuse, String text) {}
