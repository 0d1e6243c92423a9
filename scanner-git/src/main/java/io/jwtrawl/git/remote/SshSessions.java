package io.jwtrawl.git.remote;

import java.io.File;
import java.util.Optional;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;

/// Lets a transport speak SSH, by the user's own configuration, keys, agent and known hosts. The only class that loads
/// what speaks SSH; it is loaded for URLs that ask for it.
final class SshSessions implements SshConnection {

    private final SshdSessionFactory factory;

    private SshSessions(SshdSessionFactory factory) {
        this.factory = factory;
    }

    static SshSessions of(SshTransport transport) {
        // As `ssh` does, which goes by the account; but a home of one's own wins, as it does for
        // Git.
        String home =
                Optional.ofNullable(System.getenv("HOME"))
                        .filter(folder -> !folder.isEmpty())
                        .orElseGet(() -> System.getProperty("user.home"));
        var factory =
                new SshdSessionFactoryBuilder()
                        .setHomeDirectory(new File(home))
                        .setSshDirectory(new File(home, ".ssh"))
                        .setConnectorFactory(new SshAgentFactory())
                        .build(null);
        transport.setSshSessionFactory(factory);
        return new SshSessions(factory);
    }

    @Override
    public void close() {
        factory.close();
    }
}
