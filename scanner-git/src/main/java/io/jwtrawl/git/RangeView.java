package io.jwtrawl.git;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/// A range of commits with what lies right before it, and `HEAD`, for what is still there.
record RangeView(RangeCrawler.Searched searched) implements HistoryView {

    @Override
    public ObjectStore open(GitRepository location) throws IOException {
        Set<ObjectId> before = new HashSet<>();
        for (RangeWalk.Commit commit : searched.walk().commits()) {
            for (ObjectId parent : commit.parents) {
                if (!searched.walk().contains(parent)) {
                    before.add(parent);
                }
            }
        }
        return location.openCut(before);
    }

    @Override
    public Refs refs(GitRepository location, ObjectReader reader, Problems problems) {
        Set<ObjectId> tips = new HashSet<>(searched.walk().commits());
        return Refs.of(location, problems).seenFrom(tips, searched.tips());
    }

    @Override
    public boolean introduces(ObjectId commit) {
        return searched.walk().contains(commit);
    }
}
