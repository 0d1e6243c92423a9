package io.jwtrawl.source;

import java.io.IOException;
import java.io.InputStream;

/// What an [Unpacker] pushes the members of one container to. Every call comes from the thread that unpacks.
///
/// What is read is counted, and bounded by the [ExpansionLimits]. A member that cannot be read to its end is searched as
/// far as it can be, and reported.
public interface MemberSink {

    /// Searches the file `name` in the container. A [SeekableStream] may be read later, by another thread.
    ///
    /// @throws ExpansionLimitException if a limit does not let the container be opened any further
    /// @throws InterruptedException if the scan was cancelled
    void accept(String name, InputStream in) throws IOException, InterruptedException;

    /// Searches what the whole container is when it is expanded.
    ///
    /// @param compression which one was undone
    void acceptExpanded(String compression, InputStream in)
            throws IOException, InterruptedException;

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
