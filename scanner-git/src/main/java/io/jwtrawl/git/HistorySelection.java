package io.jwtrawl.git;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Which part of a history is to be searched.
///
/// @param ranges revisions as `git log` takes them: `A..B`, `A...B`, `A..`, `REV`, `^REV`, `REV^!`
/// @param branches names of branches, short or full; `*` stands for any characters
/// @param since only commits from that time on
/// @param received what a push brings; nothing that a ref leads to already is searched again
/// @param allObjects also what nothing leads to any more
public record HistorySelection(
        List<String> ranges,
        List<String> branches,
        Optional<Instant> since,
        Optional<List<ReceivedRef>> received,
        boolean allObjects) {

    /// All that anything leads to.
    public static final HistorySelection REACHABLE =
            new HistorySelection(List.of(), List.of(), Optional.empty(), Optional.empty(), false);

    /// Also what nothing leads to.
    public static final HistorySelection ALL_OBJECTS =
            new HistorySelection(List.of(), List.of(), Optional.empty(), Optional.empty(), true);

    /// What a push brings.
    public static HistorySelection received(List<ReceivedRef> refs) {
        return new HistorySelection(
                List.of(), List.of(), Optional.empty(), Optional.of(refs), false);
    }

    /// Whether only some commits are to be searched.
    boolean isPartial() {
        return !ranges.isEmpty()
                || !branches.isEmpty()
                || since.isPresent()
                || received.isPresent();
    }
}
