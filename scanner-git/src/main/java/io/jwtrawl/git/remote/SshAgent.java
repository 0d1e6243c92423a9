package io.jwtrawl.git.remote;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.transport.sshd.agent.AbstractConnector;
import org.jspecify.annotations.Nullable;

/// Speaks with an SSH agent through its socket: a length, then so many bytes, to and fro (draft-miller-ssh-agent, section
/// 3).
final class SshAgent extends AbstractConnector {

    private final Optional<Path> socket;
    private @Nullable SocketChannel channel;

    SshAgent(Optional<Path> socket) {
        this.socket = socket;
    }

    @Override
    public synchronized boolean connect() throws IOException {
        if (channel == null && socket.isPresent()) {
            try {
                channel = SocketChannel.open(UnixDomainSocketAddress.of(socket.get()));
            } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
                return false; // there is no agent: keys in files may do
            }
        }
        return channel != null;
    }

    @Override
    public synchronized byte[] rpc(byte command, byte[] message) throws IOException {
        SocketChannel agent = channel;
        if (agent == null) {
            throw new IOException("there is no SSH agent");
        }
        prepareMessage(command, message);
        ByteBuffer request = ByteBuffer.wrap(message);
        while (request.hasRemaining()) {
            agent.write(request);
        }
        byte[] length = read(agent, Integer.BYTES);
        return read(agent, toLength(command, length));
    }

    private static byte[] read(SocketChannel agent, int size) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(size);
        while (buffer.hasRemaining()) {
            if (agent.read(buffer) < 0) {
                throw new EOFException("the SSH agent hung up");
            }
        }
        return buffer.array();
    }

    @Override
    public synchronized void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }
}
