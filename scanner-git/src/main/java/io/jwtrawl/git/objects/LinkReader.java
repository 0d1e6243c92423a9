package io.jwtrawl.git.objects;

import java.util.Arrays;

/// Keeps for [Links] what the commits and trees of a pack name, for one thread.
final class LinkReader implements NameSink {

    private static final int NOTHING = -1;

    private final Links links;
    private final int first;
    private final int idLength;
    private final LinkRecords.Writer records;
    private final byte[] id;

    /// The record in the making.
    private byte[] record = new byte[256];

    private int length;

    /// What it is about, and the number that was written to it last.
    private int subject;

    private int latest;

    /// Where in it the latest entry begins that the base does not have.
    private int added;

    /// @param first the number of the first entry of the pack
    LinkReader(Links links, int first, HashFormat format, LinkRecords.Writer records) {
        this.links = links;
        this.first = first;
        this.records = records;
        idLength = format.length();
        id = new byte[idLength];
    }

    @Override
    public void commit(int entry, byte[] ids) {
        begin(entry);
        varint(ids.length / idLength);
        for (int at = 0; at < ids.length; at += idLength) {
            System.arraycopy(ids, at, id, 0, idLength);
            // A commit that is in several packs has one number only: that of the first.
            int number =
                    at == 0
                            ? links.find(id, EntryType.TREE, first)
                            : links.find(id, EntryType.COMMIT, 0);
            number(number);
            if (number == Links.NONE) {
                bytes(id, 0, idLength);
            }
        }
        keep();
    }

    @Override
    public void tag(ObjectId id) {
        // The few that there are are read when somebody asks for one.
    }

    @Override
    public void beginTree(int entry, int base) {
        begin(entry);
        added = NOTHING;
        number(base == PackForest.NONE ? Links.NONE : first + base);
    }

    @Override
    public void added(byte[] raw, TreeCursor at) {
        if (!isTelling(raw, at)) {
            return;
        }
        added = length;
        if (!at.isTree()) {
            head(LinkRecord.BLOB, raw, at);
            varint(links.wanted(raw, at.idStart()));
            return;
        }
        System.arraycopy(raw, at.idStart(), id, 0, idLength);
        int tree = links.find(id, EntryType.TREE, first);
        if (tree == Links.NONE) {
            head(LinkRecord.TREE_ELSEWHERE, raw, at);
            bytes(id, 0, idLength);
        } else {
            head(LinkRecord.TREE, raw, at);
            number(tree);
        }
    }

    @Override
    public void dropped(byte[] raw, TreeCursor at) {
        if (!isTelling(raw, at)) {
            return;
        }
        if (added != NOTHING && isAdded(raw, at)) {
            record[added] = (byte) (record[added] | LinkRecord.DROPPED);
            added = NOTHING;
        } else {
            head(LinkRecord.DROPPED, raw, at);
        }
    }

    /// Whether an entry is a tree, or a blob that matters.
    private boolean isTelling(byte[] raw, TreeCursor at) {
        return at.isTree() || (!at.isGitlink() && links.wanted(raw, at.idStart()) >= 0);
    }

    /// Whether the latest entry that was added has the same name.
    private boolean isAdded(byte[] raw, TreeCursor at) {
        var latest = new LinkRecord(record, added + 1, subject);
        int nameLength = latest.varint();
        int start = latest.skip(nameLength);
        return Arrays.equals(record, start, start + nameLength, raw, at.nameStart(), at.nameEnd());
    }

    @Override
    public void endTree() {
        reserve(1);
        record[length++] = LinkRecord.END;
        keep();
    }

    @Override
    public void cannotTell() {
        // Whoever wants to know it finds no record, and says that it cannot be read.
    }

    private void begin(int entry) {
        length = 0;
        subject = first + entry;
        latest = subject;
    }

    private void keep() {
        links.keep(subject, records.keep(record, length));
    }

    private void head(int kind, byte[] raw, TreeCursor at) {
        reserve(1);
        record[length++] = (byte) kind;
        int nameLength = at.nameEnd() - at.nameStart();
        varint(nameLength);
        bytes(raw, at.nameStart(), nameLength);
    }

    private void number(int number) {
        if (number == Links.NONE) {
            varint(LinkRecord.NO_NUMBER);
            return;
        }
        varint(LinkRecord.folded(number - latest));
        latest = number;
    }

    private void varint(int number) {
        reserve(Integer.BYTES + 1);
        int rest = number;
        while (rest >= 0x80) {
            record[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        record[length++] = (byte) rest;
    }

    private void bytes(byte[] raw, int from, int count) {
        reserve(count);
        System.arraycopy(raw, from, record, length, count);
        length += count;
    }

    private void reserve(int more) {
        if (record.length - length < more) {
            record = Arrays.copyOf(record, Math.addExact(length, more) * 2);
        }
    }
}
