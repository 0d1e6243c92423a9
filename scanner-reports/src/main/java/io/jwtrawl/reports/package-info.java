/// What people and programs read of a scan: terminal, JSON Lines, SARIF, CSV, GitLab, JUnit, Markdown. One class for
/// each format; [TokenInFile] is what dashboards get for one.
@NullMarked
package io.jwtrawl.reports;

import org.jspecify.annotations.NullMarked;
