package io.jwtrawl.git.remote;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.transport.sshd.agent.Connector;
import org.eclipse.jgit.transport.sshd.agent.ConnectorFactory;
import org.jspecify.annotations.Nullable;

/// Finds the user's SSH agent by `SSH_AUTH_SOCK` or by what the SSH configuration names. JGit's own way needs native
/// libraries; Java has had sockets of that kind since 16.
final class SshAgentFactory implements ConnectorFactory {

    private static final String VARIABLE = "SSH_AUTH_SOCK";

    private static final ConnectorDescriptor SOCKET =
            new ConnectorDescriptor() {
                @Override
                public String getIdentityAgent() {
                    return VARIABLE;
                }

                @Override
                public String getDisplayName() {
                    return "SSH agent";
                }
            };

    @Override
    public Connector create(@Nullable String identityAgent, @Nullable File homeDirectory)
            throws IOException {
        Optional<String> socket =
                identityAgent == null || identityAgent.isEmpty() || identityAgent.equals(VARIABLE)
                        ? Optional.ofNullable(System.getenv(VARIABLE))
                        : Optional.of(identityAgent);
        return new SshAgent(socket.filter(path -> !path.isEmpty()).map(Path::of));
    }

    @Override
    public boolean isSupported() {
        return true;
    }

    @Override
    public String getName() {
        return "unix-domain";
    }

    @Override
    public Collection<ConnectorDescriptor> getSupportedConnectors() {
        return List.of(SOCKET);
    }

    @Override
    public ConnectorDescriptor getDefaultConnector() {
        return SOCKET;
    }
}
