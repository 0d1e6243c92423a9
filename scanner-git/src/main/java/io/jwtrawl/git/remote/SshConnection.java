package io.jwtrawl.git.remote;

import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.Transport;

/// Stands between transports and [SshSessions], which is not so much as loaded for one that speaks something else.
interface SshConnection extends AutoCloseable {

    static SshConnection of(Transport transport) {
        return transport instanceof SshTransport ssh ? SshSessions.of(ssh) : () -> {};
    }

    @Override
    void close();
}
