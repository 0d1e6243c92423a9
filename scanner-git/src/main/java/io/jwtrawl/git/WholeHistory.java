package io.jwtrawl.git;

import java.io.IOException;
import org.eclipse.jgit.lib.ObjectReader;

/// All of a history that anything leads to: refs and their logs.
///
/// @param asShown with replacements and grafts, as Git shows it
record WholeHistory(boolean asShown) implements HistoryView {

    @Override
    public ObjectStore open(GitRepository location) throws IOException {
        return asShown ? location.openAsShown() : location.open(Problems.TOLD_ALREADY);
    }

    @Override
    public Refs refs(GitRepository location, ObjectReader reader, Problems problems) {
        return Refs.of(location, problems)
                .withTips(LoggedTips.of(location, Refs.IDS, reader::has, problems))
                .withTips(Overlay.graftedParents(location, reader::has, problems));
    }
}
