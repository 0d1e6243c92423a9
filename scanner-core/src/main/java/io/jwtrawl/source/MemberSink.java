package io.jwtrawl.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// What an [Unpacker] pushes the members of one container to. Every call comes from the thread that unpacks.
///
/// What is read is counted, and bounded by the [ExpansionLimits]. A member that cannot be read to its end is searched as
/// far as it can be, and reported.
public interface MemberSink {

    /// No token is shorter, however it is encoded: what has fewer bytes need not be asked about.
    int SHORTEST_TOKEN = 16;

    /// When something was last changed, if the container does not say so.
    long UNDATED = Long.MIN_VALUE;

    /// Searches the file `name` in the container. A [SeekableStream] may be read later, by another thread.
    ///
    /// @param modified when it was last changed, by what the container says: milliseconds since 1970, or [#UNDATED]
    /// @throws ExpansionLimitException if a limit does not let the container be opened any further
    /// @throws InterruptedException if the scan was cancelled
    void accept(String name, long modified, InputStream in)
            throws IOException, InterruptedException;

    /// Searches a file of which the container does not say when it was last changed.
    default void accept(String name, InputStream in) throws IOException, InterruptedException {
        accept(name, UNDATED, in);
    }

    /// Searches text that the container, a document, shows; it is opened no further.
    ///
    /// @param name such as `page 2`
    /// @param legible whether the bytes of the document tell the place better, where they show the text as it is
    /// @param modified when it was written, as above
    void acceptExtract(String name, boolean legible, long modified, InputStream in)
            throws IOException, InterruptedException;

    /// Searches what the whole container is when it is expanded.
    ///
    /// @param compression which one was undone
    /// @param modified when what was compressed was last changed, as above
    void acceptExpanded(String compression, long modified, InputStream in)
            throws IOException, InterruptedException;

    /// Searches what a container expands to that does not say when it was last changed.
    default void acceptExpanded(String compression, InputStream in)
            throws IOException, InterruptedException {
        acceptExpanded(compression, UNDATED, in);
    }

    /// Whether `bytes[from, to)`, a whole member, has anything in it that is worth an [#accept]. Otherwise it is searched
    /// with that, and is not counted as a member: there may be many.
    ///
    /// @throws ExpansionLimitException if a limit does not let the container be opened any further
    /// @throws InterruptedException if the scan was cancelled
    boolean mayHoldToken(byte[] bytes, int from, int to) throws IOException, InterruptedException;

    /// Searches `bytes[from, to)` that lie in the container itself, from `offset` on, and in none of its members. A token
    /// that a member shows too counts as lying there.
    ///
    /// @param part what to call the place
    /// @throws ExpansionLimitException if a limit does not let the container be opened any further
    /// @throws InterruptedException if the scan was cancelled
    void acceptRest(String part, long offset, byte[] bytes, int from, int to)
            throws IOException, InterruptedException;

    /// A sink for what lies in the member `name`.
    MemberSink inside(String name);

    /// A sink for what lies in the last of these members, each of which lies in the one before it.
    default MemberSink inside(List<String> names) {
        MemberSink inner = this;
        for (String name : names) {
            inner = inner.inside(name);
        }
        return inner;
    }

    /// Where what is pushed here lies.
    Provenance container();

    /// Lets another thread unpack `part` of the container, if one idles.
    ///
    /// @return whether one will; otherwise nothing was done
    boolean share(Part part);

    /// A part of a container, unpacked by a thread of its own.
    interface Part {
        void unpack(MemberSink sink) throws IOException, InterruptedException;
    }

    /// Asks for the bytes of the container itself to be searched too: not all of them lie in members.
    void searchContainerToo();

    /// Reports a member that was left out, so that the scan counts as incomplete.
    void skipped(String name, String why);

    /// Reports that something of the container itself was left out.
    void skipped(String why);

    /// Reports a member that cannot be read.
    void unreadable(String name, Exception cause);

    /// How many bytes of memory one decoder may take.
    long memory();
}
