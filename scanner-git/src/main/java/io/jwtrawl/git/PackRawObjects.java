package io.jwtrawl.git;

import io.jwtrawl.git.objects.BadObjectException;
import io.jwtrawl.git.objects.HashFormat;
import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.source.GitObjectType;
import io.jwtrawl.source.PathText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Reads the bytes of commits, trees and tags, and says so when they are not what they should be.
final class PackRawObjects {

    private static final byte[] TREE = "tree ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PARENT = "parent ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OBJECT = "object ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TYPE = "\ntype ".getBytes(StandardCharsets.US_ASCII);

    private PackRawObjects() {}

    /// The tree and the parents that a commit names.
    record CommitLinks(ObjectId tree, List<ObjectId> parents) {}

    /// What a tag is a tag of.
    record TagLink(ObjectId object, GitObjectType type) {}

    static CommitLinks commit(byte[] raw, HashFormat format) throws BadObjectException {
        try {
            requireKey(raw, 0, TREE);
            int position = TREE.length;
            ObjectId tree = ObjectId.fromDigits(raw, position, format.digits());
            position += format.digits() + 1;
            List<ObjectId> parents = new ArrayList<>(2);
            while (startsWith(raw, position, PARENT)) {
                position += PARENT.length;
                parents.add(ObjectId.fromDigits(raw, position, format.digits()));
                position += format.digits() + 1;
            }
            return new CommitLinks(tree, parents);
        } catch (IllegalArgumentException e) {
            throw new BadObjectException("not a commit", e);
        }
    }

    static TagLink tag(byte[] raw, HashFormat format) throws BadObjectException {
        try {
            int type = OBJECT.length + format.digits();
            if (!startsWith(raw, 0, OBJECT) || !startsWith(raw, type, TYPE)) {
                throw new BadObjectException("not a tag");
            }
            int end = type + TYPE.length;
            while (end < raw.length && raw[end] != '\n') {
                end++;
            }
            String name =
                    new String(
                            raw,
                            type + TYPE.length,
                            end - type - TYPE.length,
                            StandardCharsets.US_ASCII);
            return new TagLink(
                    ObjectId.fromDigits(raw, OBJECT.length, format.digits()),
                    GitObjectType.valueOf(name.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            throw new BadObjectException("not a tag", e);
        }
    }

    static String name(byte[] raw, int start, int end) {
        return PathText.of(Arrays.copyOfRange(raw, start, end));
    }

    private static void requireKey(byte[] raw, int position, byte[] key) throws BadObjectException {
        if (!startsWith(raw, position, key)) {
            throw new BadObjectException("not a commit");
        }
    }

    private static boolean startsWith(byte[] raw, int position, byte[] prefix) {
        return position + prefix.length <= raw.length
                && Arrays.equals(raw, position, position + prefix.length, prefix, 0, prefix.length);
    }
}
