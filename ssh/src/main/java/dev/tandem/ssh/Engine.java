package dev.tandem.ssh;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.client.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.config.keys.ClientIdentityLoader;
import org.apache.sshd.client.future.ConnectFuture;
import org.apache.sshd.client.session.ClientSessionImpl;
import org.apache.sshd.client.session.SessionFactory;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.forward.DefaultForwarderFactory;
import org.apache.sshd.common.global.KeepAliveHandler;
import org.apache.sshd.common.io.AbstractIoServiceFactoryFactory;
import org.apache.sshd.common.io.IoServiceFactory;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.kex.extension.DefaultClientKexExtensionHandler;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.random.JceRandomFactory;
import org.apache.sshd.common.session.helpers.DefaultUnknownChannelReferenceHandler;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.jspecify.annotations.Nullable;

/**
 * The one SSH engine of the process, under all clients. It starts with the first client and stops
 * with the last, so the number of threads does not depend on the number of devices.
 */
final class Engine {

  private static final ReentrantLock LOCK = new ReentrantLock();

  // Guarded by LOCK.
  private static @Nullable Engine current;
  private static int users;

  private final SshClient client;
  private final TcpConnector connector;

  private Engine() {
    Providers.prepare();
    var started = new Client();
    configure(started);
    started.start();
    client = started;
    connector = started.tcp();
  }

  /** The engine, for one more user. */
  static Engine acquire() {
    LOCK.lock();
    try {
      Engine engine = current;
      if (engine == null) {
        engine = new Engine();
        current = engine;
      }
      users++;
      return engine;
    } finally {
      LOCK.unlock();
    }
  }

  /** One user less; the last one stops the engine. */
  void release() {
    LOCK.lock();
    try {
      if (--users > 0) {
        return;
      }
      current = null;
    } finally {
      LOCK.unlock();
    }
    client.close(true);
  }

  /** Begins a connection; the attempt learns the rest. */
  ConnectFuture connect(String user, SocketAddress address, Attempt attempt) throws IOException {
    return client.connect(
        user, address, AttributeRepository.ofKeyValuePair(Attempt.KEY, attempt), null);
  }

  /** How many sockets are open, for tests. */
  int openSockets() {
    return connector.getManagedSessions().size();
  }

  /** How many clients use the engine, for tests. */
  static int users() {
    LOCK.lock();
    try {
      return users;
    } finally {
      LOCK.unlock();
    }
  }

  private static void configure(SshClient client) {
    client.setRandomFactory(JceRandomFactory.INSTANCE);
    client.setKeyExchangeFactories(Algorithms.keyExchanges());
    client.setCipherFactories(Algorithms.ciphers());
    client.setMacFactories(Algorithms.macs());
    client.setSignatureFactories(Algorithms.signatures());
    client.setCompressionFactories(Algorithms.compressions());
    client.setKexExtensionHandler(DefaultClientKexExtensionHandler.INSTANCE);
    client.setServerKeyVerifier((session, address, key) -> ((EngineSession) session).accepts(key));
    client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    client.setFilePasswordProvider(FilePasswordProvider.EMPTY);
    client.setClientIdentityLoader(ClientIdentityLoader.DEFAULT);
    client.setChannelFactories(List.of());
    client.setGlobalRequestHandlers(List.of(KeepAliveHandler.INSTANCE));
    client.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
    client.setForwarderFactory(DefaultForwarderFactory.INSTANCE);
    client.setUnknownChannelReferenceHandler(DefaultUnknownChannelReferenceHandler.INSTANCE);
    client.setUserAuthFactories(
        List.of(
            UserAuthPublicKeyFactory.INSTANCE,
            UserAuthPasswordFactory.INSTANCE,
            UserAuthKeyboardInteractiveFactory.INSTANCE));
    CoreModuleProperties.NIO_WORKERS.set(client, Defaults.IO_THREADS);
    CoreModuleProperties.TCP_NODELAY.set(client, true);
    CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
    CoreModuleProperties.AUTH_TIMEOUT.set(client, Duration.ZERO);
    CoreModuleProperties.NIO2_READ_TIMEOUT.set(client, Duration.ZERO);
    CoreModuleProperties.MAX_IDENTIFICATION_SIZE.set(client, Defaults.IDENTIFICATION);
    CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, Defaults.KEEP_ALIVE_MISSES);
    CoreModuleProperties.CHANNEL_CLOSE_TIMEOUT.set(client, Defaults.CLOSE_GRACE);
    CoreModuleProperties.REQUEST_EXEC_REPLY.set(client, true);
    CoreModuleProperties.REQUEST_SHELL_REPLY.set(client, true);
    CoreModuleProperties.WINDOW_SIZE.set(client, Defaults.WINDOW);
    CoreModuleProperties.MAX_PACKET_SIZE.set(client, Defaults.PACKET);
  }

  /** The library's client with our connector and our sessions. */
  private static final class Client extends SshClient {

    Client() {
      setIoServiceFactoryFactory(
          new AbstractIoServiceFactoryFactory(null) {
            @Override
            public IoServiceFactory create(FactoryManager manager) {
              return new TcpServices(manager);
            }
          });
    }

    TcpConnector tcp() {
      return (TcpConnector) connector;
    }

    @Override
    protected SessionFactory createSessionFactory() {
      return new SessionFactory(this) {
        @Override
        protected ClientSessionImpl doCreateSession(IoSession io) throws Exception {
          var context = (AttributeRepository) io.getAttribute(AttributeRepository.class);
          Attempt attempt = requireNonNull(context.getAttribute(Attempt.KEY));
          return new EngineSession(getClient(), io, attempt);
        }
      };
    }
  }
}
