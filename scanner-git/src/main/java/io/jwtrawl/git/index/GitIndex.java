package io.jwtrawl.git.index;

import io.jwtrawl.git.objects.HashFormat;
import io.jwtrawl.git.objects.ObjectId;
import java.util.Arrays;

/// What is staged: the entries of an index, in the order of their paths and then of their stages.
///
/// Entries are numbers: of an index with a hundred thousand of them, a hook looks at a few.
public final class GitIndex {

    private static final int KIND = 0170000;
    private static final int TREE = 0040000;
    private static final int GITLINK = 0160000;

    private final HashFormat format;
    private int count;

    /// Where paths and ids are.
    private byte[] bytes;

    private int used;
    private int[] pathStarts;
    private int[] pathEnds;
    private int[] ids;
    private int[] modes;
    private byte[] stages;
    private boolean[] announced;
    private CacheTree cacheTree = CacheTree.NONE;

    /// @param bytes to which more may be appended behind `used`
    GitIndex(HashFormat format, int room, byte[] bytes, int used) {
        this.format = format;
        this.bytes = bytes;
        this.used = used;
        pathStarts = new int[room];
        pathEnds = new int[room];
        ids = new int[room];
        modes = new int[room];
        stages = new byte[room];
        announced = new boolean[room];
    }

    /// An index that nothing is in.
    public static GitIndex empty(HashFormat format) {
        return new GitIndex(format, 0, new byte[0], 0);
    }

    /// Adds an entry whose path and id are in the bytes already.
    void add(int pathStart, int pathEnd, int id, int mode, int stage, boolean isAnnounced) {
        if (count == pathStarts.length) {
            int room = Math.max(16, 2 * count);
            pathStarts = Arrays.copyOf(pathStarts, room);
            pathEnds = Arrays.copyOf(pathEnds, room);
            ids = Arrays.copyOf(ids, room);
            modes = Arrays.copyOf(modes, room);
            stages = Arrays.copyOf(stages, room);
            announced = Arrays.copyOf(announced, room);
        }
        pathStarts[count] = pathStart;
        pathEnds[count] = pathEnd;
        ids[count] = id;
        modes[count] = mode;
        stages[count] = (byte) stage;
        announced[count] = isAnnounced;
        count++;
    }

    /// Adds an entry of another index, its path taken from a third.
    void add(GitIndex content, int i, GitIndex named, int j) {
        int path = append(named.bytes, named.pathStarts[j], named.pathEnds[j]);
        int end = used;
        int id = append(content.bytes, content.ids[i], content.ids[i] + format.length());
        add(path, end, id, content.modes[i], content.stages[i], content.announced[i]);
    }

    /// @return where it stands now
    int append(byte[] from, int start, int end) {
        int length = end - start;
        if (bytes.length - used < length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, used + length));
        }
        System.arraycopy(from, start, bytes, used, length);
        used += length;
        return used - length;
    }

    void setCacheTree(CacheTree known) {
        cacheTree = known;
    }

    CacheTree cacheTree() {
        return cacheTree;
    }

    HashFormat format() {
        return format;
    }

    /// How many entries there are.
    public int count() {
        return count;
    }

    /// What the starts and ends of paths, and ids, count from.
    byte[] bytes() {
        return bytes;
    }

    int pathStart(int i) {
        return pathStarts[i];
    }

    int pathEnd(int i) {
        return pathEnds[i];
    }

    /// Where the id is.
    int idStart(int i) {
        return ids[i];
    }

    ObjectId id(int i) {
        return ObjectId.fromRaw(bytes, ids[i], format.length());
    }

    int stage(int i) {
        return stages[i];
    }

    /// Whether the path is only announced (`git add --intent-to-add`): it has no content yet.
    boolean isAnnounced(int i) {
        return announced[i];
    }

    /// Whether it is a commit of another repository.
    boolean isGitlink(int i) {
        return (modes[i] & KIND) == GITLINK;
    }

    /// Whether it stands for all that is in a folder, as a sparse index has it; its path then ends with a slash.
    boolean isFolder(int i) {
        return (modes[i] & KIND) == TREE;
    }

    /// As Git orders entries: by the bytes of the path, then by stage.
    int compare(int i, GitIndex other, int j) {
        int paths =
                Arrays.compareUnsigned(
                        bytes,
                        pathStarts[i],
                        pathEnds[i],
                        other.bytes,
                        other.pathStarts[j],
                        other.pathEnds[j]);
        return paths != 0 ? paths : stages[i] - other.stages[j];
    }

    /// @throws IndexException unless entries are in order, which all that reads them relies on
    void requireOrder() throws IndexException {
        for (int i = 1; i < count; i++) {
            if (compare(i - 1, this, i) >= 0) {
                throw new IndexException("an index whose entries are not in order");
            }
        }
    }
}
