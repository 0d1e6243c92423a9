package io.jwtrawl.git.objects;

/// Which objects a scan is for. Asked by any thread.
public interface ObjectSelection {

    ObjectSelection ALL =
            new ObjectSelection() {
                @Override
                public boolean wantsPack(String name) {
                    return true;
                }

                @Override
                public boolean wants(ObjectId id) {
                    return true;
                }
            };

    /// Whether anything in the pack of that name, such as `pack-0123….pack`, is wanted. Asked once for each.
    boolean wantsPack(String name);

    /// Whether an object is wanted. Of the objects in packs this is asked only for those that may hold something, or cannot
    /// be read.
    boolean wants(ObjectId id);
}
