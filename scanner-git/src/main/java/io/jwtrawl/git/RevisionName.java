package io.jwtrawl.git;

import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.git.objects.ObjectSource;
import io.jwtrawl.git.objects.StoredObject;
import io.jwtrawl.source.GitObjectType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;

/// Finds the object that a name such as `HEAD~2`, `v1.0^{}` or `3f2a1b` means: what `gitrevisions` defines, apart from
/// searches by text or by date.
final class RevisionName {

    private static final int MIN_ABBREVIATED = 4;
    private static final int MAX_LOG = 64 * 1024 * 1024;

    /// In Git's order.
    private static final List<String> PREFIXES =
            List.of("", Constants.R_REFS, Constants.R_TAGS, Constants.R_HEADS, Constants.R_REMOTES);

    private final GitRepository location;
    private final Tips refs;
    private final ObjectSource.Reader reader;
    private final IdText<ObjectId> ids;

    RevisionName(GitRepository location, Tips refs, ObjectSource.Reader reader) {
        this.location = location;
        this.refs = refs;
        this.reader = reader;
        ids = Tips.ids(location);
    }

    /// @throws RevisionException if it means nothing here
    ObjectId resolve(String name) throws IOException {
        int end = name.length();
        for (int i = 0; i < name.length() && end == name.length(); i++) {
            if (name.charAt(i) == '^' || name.charAt(i) == '~') {
                end = i;
            }
        }
        ObjectId id = base(name.substring(0, end), name);
        int at = end;
        while (at < name.length()) {
            char step = name.charAt(at++);
            if (step == '^' && at < name.length() && name.charAt(at) == '{') {
                int close = name.indexOf('}', at);
                if (close < 0) {
                    throw unknown(name);
                }
                id = peeled(id, name.substring(at + 1, close), name);
                at = close + 1;
                continue;
            }
            int digits = at;
            while (at < name.length() && Character.isDigit(name.charAt(at))) {
                at++;
            }
            int number = at == digits ? 1 : number(name.substring(digits, at), name);
            if (step == '^') {
                id = number == 0 ? commit(id, name) : parent(id, number, name);
            } else if (step == '~') {
                id = commit(id, name);
                for (int i = 0; i < number; i++) {
                    id = parent(id, 1, name);
                }
            } else {
                throw unknown(name);
            }
        }
        return id;
    }

    /// The parents of the commit that `name` means.
    List<ObjectId> parents(String name) throws IOException {
        return links(commit(resolve(name), name), name).parents();
    }

    private ObjectId base(String base, String whole) throws IOException {
        int at = base.indexOf("@{");
        if (at >= 0 && base.endsWith("}")) {
            return marked(base.substring(0, at), base.substring(at + 2, base.length() - 1), whole);
        }
        if (base.equals("@") || base.equals(Constants.HEAD)) {
            return refs.head().orElseThrow(() -> unknown(whole));
        }
        if (base.length() == ids.digits() && ObjectId.isId(base)) {
            return requirePresent(ObjectId.fromString(base), whole);
        }
        Optional<ObjectId> named = ref(base).map(refs.byName()::get);
        if (named.isPresent()) {
            return named.get();
        }
        Optional<ObjectId> noted = noted(base);
        return noted.isPresent() ? requirePresent(noted.get(), whole) : abbreviated(base, whole);
    }

    /// The full name of the ref that `name` is short for.
    private Optional<String> ref(String name) {
        for (String prefix : PREFIXES) {
            if (refs.byName().containsKey(prefix + name)) {
                return Optional.of(prefix + name);
            }
        }
        return Optional.of(Constants.R_REMOTES + name + "/HEAD").filter(refs.byName()::containsKey);
    }

    /// What files such as `ORIG_HEAD` hold.
    private Optional<ObjectId> noted(String name) throws IOException {
        for (int i = 0; i < name.length(); i++) {
            if (!Character.isUpperCase(name.charAt(i)) && name.charAt(i) != '_') {
                return Optional.empty();
            }
        }
        return name.isEmpty()
                ? Optional.empty()
                : GitFiles.lines(location.file(name), MAX_LOG)
                        .flatMap(lines -> lines.stream().findFirst())
                        .flatMap(ids::first);
    }

    private ObjectId abbreviated(String name, String whole) throws IOException {
        if (name.length() < MIN_ABBREVIATED || !isDigits(name)) {
            throw unknown(whole);
        }
        Collection<ObjectId> meant = reader.beginningWith(name.toLowerCase(Locale.ROOT));
        if (meant.size() > 1) {
            List<ObjectId> commits = new ArrayList<>();
            for (ObjectId id : meant) {
                if (reader.read(id).type() == GitObjectType.COMMIT) {
                    commits.add(id);
                }
            }
            if (commits.size() != 1) {
                throw new RevisionException(
                        "'" + whole + "' may mean " + meant.size() + " objects: give more digits");
            }
            return commits.getFirst();
        }
        return meant.stream().findFirst().orElseThrow(() -> unknown(whole));
    }

    private static boolean isDigits(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!HexFormat.isHexDigit(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /// `BRANCH@{upstream}`, or what a ref led to so many moves ago.
    private ObjectId marked(String name, String mark, String whole) throws IOException {
        String ref =
                name.isEmpty() || name.equals("@") || name.equals(Constants.HEAD)
                        ? Constants.HEAD
                        : ref(name).orElseThrow(() -> unknown(whole));
        if (mark.equalsIgnoreCase("upstream") || mark.equalsIgnoreCase("u")) {
            String branch =
                    ref.equals(Constants.HEAD)
                            ? refs.branch().orElseThrow(() -> unknown(whole))
                            : ref;
            return Optional.ofNullable(refs.byName().get(upstream(branch, whole)))
                    .orElseThrow(() -> unknown(whole));
        }
        if (mark.isEmpty() || !mark.chars().allMatch(Character::isDigit)) {
            throw new RevisionException(
                    "'" + whole + "' is a form of revision that is not known here");
        }
        Path log =
                ref.equals(Constants.HEAD)
                        ? location.file("logs/" + ref)
                        : location.commonFile("logs/" + ref);
        List<String> moves = GitFiles.lines(log, MAX_LOG).orElse(List.of());
        int index = moves.size() - 1 - number(mark, whole);
        if (index < 0) {
            throw new RevisionException(
                    "'" + whole + "': the log holds only " + moves.size() + " moves");
        }
        String move = moves.get(index);
        int id = ids.digits() + 1;
        return requirePresent(
                Optional.of(move)
                        .filter(line -> line.length() > id)
                        .flatMap(line -> ids.first(line.substring(id)))
                        .orElseThrow(() -> unknown(whole)),
                whole);
    }

    private String upstream(String branch, String whole) throws IOException {
        Config config = GitConfiguration.of(location);
        String section =
                branch.startsWith(Constants.R_HEADS)
                        ? branch.substring(Constants.R_HEADS.length())
                        : branch;
        String remote = config.getString("branch", section, "remote");
        String merge = config.getString("branch", section, "merge");
        if (remote == null || merge == null) {
            throw new RevisionException("'" + whole + "': the branch has no upstream");
        }
        String name =
                merge.startsWith(Constants.R_HEADS)
                        ? merge.substring(Constants.R_HEADS.length())
                        : merge;
        return remote.equals(".")
                ? Constants.R_HEADS + name
                : Constants.R_REMOTES + remote + "/" + name;
    }

    private ObjectId peeled(ObjectId id, String type, String whole) throws IOException {
        return switch (type) {
            case "" -> withoutTags(id);
            case "commit" -> commit(id, whole);
            case "tree" -> {
                ObjectId bare = withoutTags(id);
                yield reader.read(bare).type() == GitObjectType.COMMIT
                        ? links(bare, whole).tree()
                        : bare;
            }
            case "object" -> id;
            default ->
                    throw new RevisionException(
                            "'" + whole + "' is a form of revision that is not known here");
        };
    }

    private ObjectId withoutTags(ObjectId tagged) throws IOException {
        ObjectId id = tagged;
        StoredObject object = reader.read(id);
        while (object.type() == GitObjectType.TAG) {
            id = RawObjects.tag(object.bytes(), reader.format()).object();
            object = reader.read(id);
        }
        return id;
    }

    /// The commit that `id`, which `whole` means, leads to.
    ObjectId commit(ObjectId id, String whole) throws IOException {
        ObjectId bare = withoutTags(id);
        if (reader.read(bare).type() != GitObjectType.COMMIT) {
            throw new RevisionException("'" + whole + "' is not a commit");
        }
        return bare;
    }

    private ObjectId parent(ObjectId id, int number, String whole) throws IOException {
        List<ObjectId> parents = links(commit(id, whole), whole).parents();
        if (parents.size() < number) {
            throw unknown(whole);
        }
        return requirePresent(parents.get(number - 1), whole);
    }

    private RawObjects.CommitLinks links(ObjectId id, String whole) throws IOException {
        if (location.shallow(ids, Problems.TOLD_ALREADY).contains(id)) {
            throw unknown(whole);
        }
        return RawObjects.commit(reader.read(id, GitObjectType.COMMIT), reader.format());
    }

    private ObjectId requirePresent(ObjectId id, String whole) throws IOException {
        if (!reader.has(id)) {
            throw unknown(whole);
        }
        return id;
    }

    private static int number(String digits, String whole) throws RevisionException {
        if (digits.length() > 9) {
            throw new RevisionException("'" + whole + "' is no revision");
        }
        return Integer.parseInt(digits);
    }

    private RevisionException unknown(String name) {
        return new RevisionException(
                "no revision '"
                        + name
                        + "' here"
                        + (location.isShallow()
                                ? ": only the latest commits were fetched, and `git fetch --unshallow` gets the others"
                                : ""));
    }
}
