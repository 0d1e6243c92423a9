package io.jwtrawl.git;

import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.git.objects.ObjectSource;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Constants;

/// A part of a history: what some objects lead to and others do not.
///
/// @param from the objects, of any type, to begin from
/// @param without those whose history is left out
/// @param since the time before which commits are left out
record CommitRange(Set<ObjectId> from, Set<ObjectId> without, Optional<Instant> since) {

    /// @throws RevisionException if something was asked for that the repository does not have
    static CommitRange of(
            HistorySelection selection,
            GitRepository location,
            Tips refs,
            ObjectSource.Reader reader)
            throws IOException {
        if (selection.received().isPresent()) {
            return ofReceived(selection.received().get(), refs, reader);
        }
        var builder = new Builder(location, refs, reader);
        for (String branch : selection.branches()) {
            builder.branch(branch);
        }
        for (String range : selection.ranges()) {
            for (String word : range.strip().split("\\s+")) {
                builder.range(word);
            }
        }
        if (builder.from.isEmpty()) {
            if (builder.without.isEmpty()) {
                builder.from.addAll(refs.all());
            } else {
                builder.from.add(builder.names.resolve(Constants.HEAD));
            }
        }
        return new CommitRange(builder.from, builder.without, selection.since());
    }

    private static CommitRange ofReceived(
            List<ReceivedRef> received, Tips refs, ObjectSource.Reader reader) throws IOException {
        Set<ObjectId> from = new LinkedHashSet<>();
        for (ReceivedRef ref : received) {
            if (ref.after().isPresent()) {
                ObjectId id = ObjectId.fromString(ref.after().get());
                if (!reader.has(id)) {
                    throw new RevisionException(ref.name() + ": " + id.name() + " is not here");
                }
                from.add(id);
            }
        }
        return new CommitRange(from, refs.all(), Optional.empty());
    }

    private static final class Builder {
        private final GitRepository location;
        private final Tips refs;
        private final ObjectSource.Reader reader;
        private final RevisionName names;
        private final Set<ObjectId> from = new LinkedHashSet<>();
        private final Set<ObjectId> without = new HashSet<>();

        Builder(GitRepository location, Tips refs, ObjectSource.Reader reader) {
            this.location = location;
            this.refs = refs;
            this.reader = reader;
            this.names = new RevisionName(location, refs, reader);
        }

        void branch(String name) throws IOException {
            if (!name.contains("*")) {
                for (String prefix :
                        List.of(Constants.R_HEADS, Constants.R_REMOTES, Constants.R_REFS, "")) {
                    ObjectId tip = refs.byName().get(prefix + name);
                    if (tip != null) {
                        from.add(tip);
                        return;
                    }
                }
                throw new RevisionException("no branch '" + name + "' here");
            }
            var pattern =
                    Pattern.compile(
                            "refs/(heads/|remotes/)?"
                                    + Pattern.quote(name).replace("*", "\\E.*\\Q"));
            int before = from.size();
            refs.byName()
                    .forEach((ref, tip) -> {
                        if ((ref.startsWith(Constants.R_HEADS)
                                        || ref.startsWith(Constants.R_REMOTES))
                                && pattern.matcher(ref).matches()) {
                            from.add(tip);
                        }
                    });
            if (from.size() == before) {
                throw new RevisionException("no branch matches '" + name + "'");
            }
        }

        void range(String word) throws IOException {
            if (word.startsWith("^")) {
                without.add(names.resolve(word.substring(1)));
                return;
            }
            if (word.endsWith("^!")) {
                String name = word.substring(0, word.length() - 2);
                from.add(names.resolve(name));
                without.addAll(names.parents(name));
                return;
            }
            int dots = word.indexOf("..");
            if (dots < 0) {
                from.add(names.resolve(word));
                return;
            }
            boolean symmetric = word.startsWith("...", dots);
            ObjectId a = names.resolve(orHead(word.substring(0, dots)));
            ObjectId b = names.resolve(orHead(word.substring(dots + (symmetric ? 3 : 2))));
            from.add(b);
            if (symmetric) {
                from.add(a);
                without.addAll(
                        new DatedCommits(
                                        reader,
                                        location.shallow(Tips.ids(location), Problems.TOLD_ALREADY))
                                .mergeBases(names.commit(a, word), names.commit(b, word)));
            } else {
                without.add(a);
            }
        }

        private static String orHead(String name) {
            return name.isEmpty() ? Constants.HEAD : name;
        }
    }
}
