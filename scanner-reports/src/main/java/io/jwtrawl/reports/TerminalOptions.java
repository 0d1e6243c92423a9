package io.jwtrawl.reports;

/// How a terminal wants its report.
///
/// @param colour whether to send colour codes
/// @param unicode whether characters beyond ASCII can be shown
public record TerminalOptions(boolean colour, boolean unicode) {}
