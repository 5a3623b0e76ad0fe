package dev.tandem.samples.lab;

import static java.util.Objects.requireNonNull;

import dev.tandem.interop.Futures;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.kex.KeyExchangeFactory;
import org.apache.sshd.common.random.JceRandomFactory;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.util.Readable;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.ServerFactoryManager;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.session.ServerSessionImpl;
import org.apache.sshd.server.session.SessionFactory;
import org.jspecify.annotations.Nullable;

/** The one SSH server behind all devices; a connection's port says which device it is for. */
final class IosServer extends SshServer implements AutoCloseable {

  private static final String HOST = "127.0.0.1";
  private static final int BACKLOG = 1_024;
  private static final int IO_THREADS = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

  static {
    // What the devices need the Java runtime has; BouncyCastle would cost a second at start.
    SecurityUtils.setAPrioriDisabledProvider(SecurityUtils.BOUNCY_CASTLE, true);
  }

  private final Map<Integer, IosDevice> byPort = new ConcurrentHashMap<>();

  IosServer() {
    ServerBuilder.builder()
        .factory(() -> this)
        .randomFactory(JceRandomFactory.INSTANCE)
        .keyExchangeFactories(keyExchanges())
        .build(true);
    setHost(HOST);
    CoreModuleProperties.SOCKET_BACKLOG.set(this, BACKLOG);
    CoreModuleProperties.NIO_WORKERS.set(this, IO_THREADS);
    CoreModuleProperties.TCP_NODELAY.set(this, true);
    CoreModuleProperties.AUTH_TIMEOUT.set(this, Duration.ZERO);
    CoreModuleProperties.IDLE_TIMEOUT.set(this, Duration.ZERO);
    CoreModuleProperties.NIO2_READ_TIMEOUT.set(this, Duration.ZERO);
    CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(this, BACKLOG);
    addSessionListener(new Cutter());
  }

  /** Opens a port for each device; the addresses are in the order of the devices. */
  List<InetSocketAddress> open(List<IosDevice> devices) throws IOException {
    start();
    acceptor.bind(
        Collections.nCopies(
            devices.size() - 1, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
    List<InetSocketAddress> addresses =
        acceptor.getBoundAddresses().stream()
            .map(InetSocketAddress.class::cast)
            .sorted(Comparator.comparingInt(InetSocketAddress::getPort))
            .toList();
    for (int i = 0; i < addresses.size(); i++) {
      byPort.put(addresses.get(i).getPort(), devices.get(i));
    }
    return addresses;
  }

  /** The device that a connection is for. */
  IosDevice deviceOf(SessionContext session) {
    return deviceAt(session.getLocalAddress());
  }

  /** Sockets that are open now. */
  int connections() {
    return acceptor.getManagedSessions().size();
  }

  /** Closes every port and connection. */
  @Override
  public void close() throws IOException {
    var closed = new CompletableFuture<@Nullable Void>();
    close(true).addListener(future -> closed.complete(null));
    try {
      Futures.await(closed);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IOException("the lab's server did not close", e);
    }
  }

  @Override
  protected SessionFactory createSessionFactory() {
    return new SessionFactory(this) {
      @Override
      protected ServerSessionImpl doCreateSession(IoSession io) throws Exception {
        return deviceAt(io.getLocalAddress()).fault() == IosFault.SILENT
            ? new Silent(getServer(), io)
            : new ServerSessionImpl(getServer(), io);
      }
    };
  }

  private IosDevice deviceAt(SocketAddress local) {
    return requireNonNull(byPort.get(((InetSocketAddress) local).getPort()));
  }

  private static List<KeyExchangeFactory> keyExchanges() {
    return Stream.of(
            BuiltinDHFactories.curve25519,
            BuiltinDHFactories.curve25519_libssh,
            BuiltinDHFactories.ecdhp256,
            BuiltinDHFactories.dhg14_256)
        .map(ServerBuilder.DH2KEX)
        .toList();
  }

  /** A session that never says a word. */
  private static final class Silent extends ServerSessionImpl {

    Silent(ServerFactoryManager server, IoSession io) throws Exception {
      super(server, io);
    }

    @Override
    public void start() {}

    @Override
    public void messageReceived(Readable bytes) {}
  }

  /** Ends the sessions of devices that do not get through a key exchange. */
  private final class Cutter implements SessionListener {

    @Override
    public void sessionNegotiationEnd(
        Session session,
        Map<KexProposalOption, String> client,
        Map<KexProposalOption, String> server,
        Map<KexProposalOption, String> agreed,
        Throwable reason) {
      if (deviceOf(session).fault() == IosFault.CUT_IN_KEY_EXCHANGE) {
        session.close(true);
      }
    }
  }
}
