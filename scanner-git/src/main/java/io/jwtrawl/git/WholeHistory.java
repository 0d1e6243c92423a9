package io.jwtrawl.git;

import io.jwtrawl.git.objects.Links;
import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.git.objects.ObjectSource;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/// All of a history that anything leads to: refs and their logs.
///
/// @param asShown with replacements and grafts, as Git shows it
/// @param links what its commits and trees name, as far as that is known
/// @param more objects to begin from that nothing leads to
record WholeHistory(
        ObjectReading reading, boolean asShown, Optional<Links> links, Set<ObjectId> more)
        implements HistoryView {

    @Override
    public ObjectSource open(GitRepository location) throws IOException {
        ObjectSource source = reading.open(location, Problems.TOLD_ALREADY);
        return asShown ? Overlay.over(location, source) : source;
    }

    @Override
    public Tips tips(GitRepository location, ObjectSource.Reader reader) {
        return Tips.withLogged(location, reader, Problems.TOLD_ALREADY).withMore(more);
    }
}
