/// What people and programs read of a scan: terminal, JSON Lines, SARIF. One class for each format.
@NullMarked
package io.jwtrawl.reports;

import org.jspecify.annotations.NullMarked;
