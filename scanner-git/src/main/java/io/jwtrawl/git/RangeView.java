package io.jwtrawl.git;

import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.git.objects.ObjectSource;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/// A range of commits with what lies right before it, and `HEAD`, for what is still there.
record RangeView(ObjectReading reading, RangeCrawler.Searched searched) implements HistoryView {

    @Override
    public ObjectSource open(GitRepository location) throws IOException {
        return reading.open(location, Problems.TOLD_ALREADY);
    }

    @Override
    public Tips tips(GitRepository location, ObjectSource.Reader reader) {
        Set<ObjectId> tips = new HashSet<>();
        for (RangeWalk.Commit commit : searched.walk().commits()) {
            tips.add(commit.id());
        }
        return Tips.of(location, Problems.TOLD_ALREADY).seenFrom(tips, searched.tips());
    }

    @Override
    public Set<ObjectId> cut(GitRepository location) {
        Set<ObjectId> cut = new HashSet<>(HistoryView.super.cut(location));
        for (RangeWalk.Commit commit : searched.walk().commits()) {
            for (ObjectId parent : commit.parents()) {
                if (!searched.walk().contains(parent)) {
                    cut.add(parent);
                }
            }
        }
        return cut;
    }

    @Override
    public boolean introduces(ObjectId commit) {
        return searched.walk().contains(commit);
    }
}
