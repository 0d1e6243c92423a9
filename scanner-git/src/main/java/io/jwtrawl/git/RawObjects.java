package io.jwtrawl.git;

import io.jwtrawl.git.objects.BadObjectException;
import io.jwtrawl.git.objects.HashFormat;
import io.jwtrawl.git.objects.NamedIds;
import io.jwtrawl.git.objects.ObjectId;
import io.jwtrawl.source.GitObjectType;
import io.jwtrawl.source.PathText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Reads the bytes of commits, trees and tags, and says so when they are not what they should be.
final class RawObjects {

    private static final byte[] TREE = "tree ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] COMMITTER = "committer ".getBytes(StandardCharsets.US_ASCII);

    /// More of them tell of no date that a calendar has.
    private static final int MAX_DIGITS = 12;

    /// How long the word is before the id of what is tagged.
    private static final int OBJECT_WORD = "object ".length();

    private static final byte[] TYPE = "\ntype ".getBytes(StandardCharsets.US_ASCII);

    private RawObjects() {}

    /// The tree and the parents that a commit names.
    record CommitLinks(ObjectId tree, List<ObjectId> parents) {}

    /// What a tag is a tag of.
    record TagLink(ObjectId object, GitObjectType type) {}

    static CommitLinks commit(byte[] raw, HashFormat format) throws BadObjectException {
        byte[] ids = NamedIds.ofCommit(raw, raw.length, format);
        List<ObjectId> parents = new ArrayList<>(2);
        for (int at = format.length(); at < ids.length; at += format.length()) {
            parents.add(ObjectId.fromRaw(ids, at, format.length()));
        }
        return new CommitLinks(ObjectId.fromRaw(ids, 0, format.length()), parents);
    }

    /// The tree alone.
    static ObjectId tree(byte[] commit, HashFormat format) throws BadObjectException {
        if (!startsWith(commit, 0, TREE)) {
            throw new BadObjectException("not a commit");
        }
        try {
            return ObjectId.fromDigits(commit, TREE.length, format.digits());
        } catch (IllegalArgumentException e) {
            throw new BadObjectException("not a commit", e);
        }
    }

    /// When a commit was committed, in seconds since 1970; 0 if it does not say.
    static long committed(byte[] commit) {
        int position = 0;
        while (position < commit.length && commit[position] != '\n') {
            int end = position;
            while (end < commit.length && commit[end] != '\n') {
                end++;
            }
            if (startsWith(commit, position, COMMITTER)) {
                return secondsAfterName(commit, position, end);
            }
            position = end + 1;
        }
        return 0;
    }

    private static long secondsAfterName(byte[] raw, int start, int end) {
        int position = end - 1;
        while (position > start && raw[position] != '>') {
            position--;
        }
        position += 2;
        long seconds = 0;
        for (int digits = 0; position < end && digits < MAX_DIGITS; digits++) {
            int digit = raw[position++] - '0';
            if (digit < 0 || digit > 9) {
                return seconds;
            }
            seconds = 10 * seconds + digit;
        }
        return seconds;
    }

    static TagLink tag(byte[] raw, HashFormat format) throws BadObjectException {
        try {
            ObjectId object = NamedIds.ofTag(raw, raw.length, format);
            int type = OBJECT_WORD + format.digits();
            if (!startsWith(raw, type, TYPE)) {
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
            return new TagLink(object, GitObjectType.valueOf(name.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            throw new BadObjectException("not a tag", e);
        }
    }

    static String name(byte[] raw, int start, int end) {
        return PathText.of(Arrays.copyOfRange(raw, start, end));
    }

    private static boolean startsWith(byte[] raw, int position, byte[] prefix) {
        return position + prefix.length <= raw.length
                && Arrays.equals(raw, position, position + prefix.length, prefix, 0, prefix.length);
    }
}
