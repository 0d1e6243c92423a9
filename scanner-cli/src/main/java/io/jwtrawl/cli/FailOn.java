package io.jwtrawl.cli;

import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.rules.Level;
import java.util.Optional;

/// From which level on a finding makes the command fail.
enum FailOn {
    CRITICAL(Level.CRITICAL),
    HIGH(Level.HIGH),
    MEDIUM(Level.MEDIUM),
    LOW(Level.LOW),
    INFO(Level.INFO),
    NEVER();

    private final Optional<Level> level;

    FailOn(Level level) {
        this.level = Optional.of(level);
    }

    FailOn() {
        this.level = Optional.empty();
    }

    /// The least level that does; empty if none does.
    Optional<Level> level() {
        return level;
    }

    boolean isReachedBy(ScanReport report) {
        return level.isPresent() && report.findings().stream().anyMatch(this::isReachedBy);
    }

    boolean isReachedBy(Finding finding) {
        return level.isPresent()
                && finding.classification().rating().level().compareTo(level.get()) >= 0;
    }
}
