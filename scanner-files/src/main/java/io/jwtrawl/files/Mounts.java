package io.jwtrawl.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/// The file systems that are mounted below the targets and not entered: all, those of other machines, or those that hold no
/// files but what the kernel makes up.
public final class Mounts {

    private static final Path TABLE = Path.of("/proc/self/mountinfo");

    private static final Set<String> MADE_UP =
            Set.of(
                    "proc",
                    "sysfs",
                    "cgroup",
                    "cgroup2",
                    "devpts",
                    "devtmpfs",
                    "debugfs",
                    "tracefs",
                    "securityfs",
                    "pstore",
                    "bpf",
                    "configfs",
                    "efivarfs",
                    "fusectl",
                    "mqueue",
                    "hugetlbfs",
                    "binfmt_misc",
                    "autofs",
                    "rpc_pipefs",
                    "nsfs",
                    "selinuxfs");

    private static final Set<String> OF_OTHERS =
            Set.of(
                    "nfs",
                    "nfs4",
                    "cifs",
                    "smb3",
                    "smbfs",
                    "9p",
                    "afs",
                    "ceph",
                    "glusterfs",
                    "lustre",
                    "ocfs2",
                    "gfs2",
                    "davfs",
                    "fuse.sshfs",
                    "fuse.davfs2",
                    "fuse.s3fs",
                    "fuse.rclone",
                    "fuse.gcsfuse",
                    "fuse.goofys",
                    "fuse.glusterfs");

    private final Set<Path> closed;

    private Mounts(Set<Path> closed) {
        this.closed = closed;
    }

    /// Reads which there are.
    ///
    /// @param entersOthers whether any other file system is entered than that of the target
    /// @param entersNetworks whether those of other machines are
    public static Mounts read(boolean entersOthers, boolean entersNetworks) throws IOException {
        return read(
                Files.isReadable(TABLE) ? Files.readString(TABLE, StandardCharsets.UTF_8) : "",
                entersOthers,
                entersNetworks);
    }

    /// @param table as proc(5) has it: the fifth word is where it is mounted, the one behind a lone hyphen its type
    static Mounts read(String table, boolean entersOthers, boolean entersNetworks) {
        Set<Path> closed = new HashSet<>();
        for (String line : table.split("\n", -1)) {
            String[] words = line.split(" ", -1);
            for (int i = 6; i + 1 < words.length; i++) {
                if (words[i].equals("-")) {
                    String type = words[i + 1];
                    if (!entersOthers
                            || MADE_UP.contains(type)
                            || (!entersNetworks && OF_OTHERS.contains(type))) {
                        closed.add(Path.of(unescaped(words[4])));
                    }
                    break;
                }
            }
        }
        return new Mounts(closed);
    }

    /// Blanks and the like stand there as a backslash and three octal digits.
    private static String unescaped(String word) {
        return word.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }

    boolean mayEnter(Path folder) {
        return !closed.contains(folder);
    }
}
