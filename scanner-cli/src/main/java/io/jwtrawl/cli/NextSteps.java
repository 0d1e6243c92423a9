package io.jwtrawl.cli;

import io.jwtrawl.classify.ExposureState;
import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.ScanReport;
import java.io.PrintStream;
import java.util.List;

/// What somebody at a terminal may do once a scan has found something.
final class NextSteps {

    private NextSteps() {}

    static void write(ScanReport report, FailOn failOn, PrintStream err) {
        List<Finding> bad = report.findings().stream().filter(failOn::isReachedBy).toList();
        if (bad.isEmpty()) {
            return;
        }
        long working =
                bad.stream()
                        .filter(NextSteps::works)
                        .map(finding -> finding.sighting().token().id())
                        .distinct()
                        .count();
        err.println("jwtrawl: next:");
        if (working > 0) {
            err.println(
                    "  revoke what works still, "
                            + Summary.count(working, "token")
                            + ": each \"do\" above says how");
        }
        err.println("  explain one:             jwtrawl inspect - < FILE-WITH-THE-TOKEN");
        err.println("  keep the next one out:   jwtrawl hook install");
        err.println(
                "  let be what is known:    the same command with --baseline known.jsonl --update-baseline");
    }

    private static boolean works(Finding finding) {
        ExposureState state = finding.classification().exposure().state();
        return state == ExposureState.VALID || state == ExposureState.NO_EXPIRY;
    }
}
