package io.jwtrawl.git;

import io.jwtrawl.git.objects.HashFormat;
import io.jwtrawl.git.objects.ObjectSource;
import java.io.IOException;

/// Who reads the objects of a repository.
enum ObjectReading {
    /// We ourselves, as they lie in the packs.
    PACKS {
        @Override
        ObjectSource open(GitRepository location, Problems problems) throws IOException {
            return location.objects(problems);
        }
    },

    /// JGit, where a replacement or a graft shows something in another's place; it cannot read objects named by SHA-256.
    JGIT {
        @Override
        ObjectSource open(GitRepository location, Problems problems) throws IOException {
            return location.open(problems);
        }
    };

    /// How a repository is read best.
    static ObjectReading of(GitRepository location) {
        return location.format() != HashFormat.SHA1 || !Overlay.isMaybeThere(location)
                ? PACKS
                : JGIT;
    }

    /// Its objects as they are.
    ///
    /// @param problems learns of what cannot be read of it, though it can be opened
    /// @throws IOException if its objects are kept in a way that is not known here
    abstract ObjectSource open(GitRepository location, Problems problems) throws IOException;
}
