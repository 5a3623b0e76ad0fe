package dev.tandem.samples.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.AsynchronousSocketChannel;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.compression.BuiltinCompressions;
import org.apache.sshd.common.file.nonefs.NoneFileSystemFactory;
import org.apache.sshd.common.forward.DefaultForwarderFactory;
import org.apache.sshd.common.global.KeepAliveHandler;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.io.nio2.Nio2Service;
import org.apache.sshd.common.io.nio2.Nio2ServiceFactory;
import org.apache.sshd.common.io.nio2.Nio2ServiceFactoryFactory;
import org.apache.sshd.common.io.nio2.Nio2Session;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.mac.Mac;
import org.apache.sshd.common.random.JceRandomFactory;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.session.helpers.DefaultUnknownChannelReferenceHandler;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.common.util.threads.CloseableExecutorService;
import org.apache.sshd.common.util.threads.ThreadUtils;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.keyboard.DefaultKeyboardInteractiveAuthenticator;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.channel.ChannelSessionFactory;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.server.global.NoMoreSessionsHandler;
import org.apache.sshd.server.session.ServerSessionImpl;
import org.apache.sshd.server.session.SessionFactory;

/**
 * One SSH server for all devices, with one set of threads. A session belongs to the device on whose
 * port it came in.
 */
final class IosServer extends SshServer {

  static final String THREADS = "ios-lab";
  private static final int IO_THREADS = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
  private static final int BACKLOG = 256;
  private static final String IDENTIFICATION = "Cisco-1.25";

  static {
    // What the devices need the Java runtime has; BouncyCastle would cost a second at start.
    SecurityUtils.setAPrioriDisabledProvider(SecurityUtils.BOUNCY_CASTLE, true);
  }

  private final CloseableExecutorService workers =
      ThreadUtils.newFixedThreadPool(THREADS, IO_THREADS);
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name(THREADS + "-timer").factory());
  private final Map<Integer, IosDevice> devices = new ConcurrentHashMap<>();

  /** Not started yet. */
  IosServer() {
    setIoServiceFactoryFactory(new Services(workers));
    setScheduledExecutorService(timer, true);
    setRandomFactory(JceRandomFactory.INSTANCE);
    configureAlgorithms();
    setKeyPairProvider(new HostKeys());
    setKeyboardInteractiveAuthenticator(DefaultKeyboardInteractiveAuthenticator.INSTANCE);
    setUserAuthFactories(
        List.of(
            UserAuthPublicKeyFactory.INSTANCE,
            UserAuthPasswordFactory.INSTANCE,
            UserAuthKeyboardInteractiveFactory.INSTANCE));
    setChannelFactories(List.of(ChannelSessionFactory.INSTANCE));
    setGlobalRequestHandlers(List.of(KeepAliveHandler.INSTANCE, NoMoreSessionsHandler.INSTANCE));
    setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
    setForwarderFactory(DefaultForwarderFactory.INSTANCE);
    setFileSystemFactory(NoneFileSystemFactory.INSTANCE);
    setUnknownChannelReferenceHandler(DefaultUnknownChannelReferenceHandler.INSTANCE);
    CoreModuleProperties.NIO_WORKERS.set(this, IO_THREADS);
    CoreModuleProperties.SOCKET_BACKLOG.set(this, BACKLOG);
    CoreModuleProperties.TCP_NODELAY.set(this, true);
    // A device that hangs must hang for good, and one that is slow must not be cut off.
    CoreModuleProperties.IDLE_TIMEOUT.set(this, Duration.ZERO);
    CoreModuleProperties.AUTH_TIMEOUT.set(this, Duration.ZERO);
    CoreModuleProperties.NIO2_READ_TIMEOUT.set(this, Duration.ZERO);
    CoreModuleProperties.SERVER_IDENTIFICATION.set(this, IDENTIFICATION);
  }

  /**
   * Opens a port for each device and begins to accept.
   *
   * @return where they listen, in their order
   */
  List<InetSocketAddress> open(List<IosDevice> all) throws IOException {
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    setHost(loopback.getHostAddress());
    start();
    if (all.size() > 1) {
      acceptor.bind(Collections.nCopies(all.size() - 1, new InetSocketAddress(loopback, 0)));
    }
    List<InetSocketAddress> addresses =
        getBoundAddresses().stream()
            .map(InetSocketAddress.class::cast)
            .sorted(Comparator.comparingInt(InetSocketAddress::getPort))
            .toList();
    for (int i = 0; i < all.size(); i++) {
      devices.put(addresses.get(i).getPort(), all.get(i));
    }
    return addresses;
  }

  /** Closes ports and connections at once; the future is done when they are. */
  CompletableFuture<Boolean> shutDown() {
    var closed = new CompletableFuture<Boolean>();
    close(true).addListener(future -> closed.complete(future.isClosed()));
    return closed;
  }

  /** Closes without a wait; for a server that has served nobody. */
  void abandon() {
    var _ = close(true);
    timer.shutdownNow();
    workers.shutdownNow();
  }

  /** Stops the threads and waits for them, but no longer than {@code limit}. */
  boolean endThreads(Duration limit) throws InterruptedException {
    timer.shutdownNow();
    workers.shutdownNow();
    long end = System.nanoTime() + limit.toNanos();
    return timer.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS)
        && workers.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  @Override
  protected SessionFactory createSessionFactory() {
    return new SessionFactory(this) {
      @Override
      protected ServerSessionImpl doCreateSession(IoSession io) throws Exception {
        return new IosSession(getServer(), io, device(io));
      }
    };
  }

  /** What is cheap on both sides and yet modern. */
  private void configureAlgorithms() {
    setKeyExchangeFactories(
        NamedFactory.setUpTransformedFactories(
            true,
            List.of(
                BuiltinDHFactories.curve25519,
                BuiltinDHFactories.curve25519_libssh,
                BuiltinDHFactories.ecdhp256,
                BuiltinDHFactories.dhg14_256),
            ServerBuilder.DH2KEX));
    setCipherFactories(
        List.<NamedFactory<Cipher>>of(
            BuiltinCiphers.aes128gcm,
            BuiltinCiphers.aes256gcm,
            BuiltinCiphers.aes128ctr,
            BuiltinCiphers.aes256ctr));
    setMacFactories(List.<NamedFactory<Mac>>of(BuiltinMacs.hmacsha256etm, BuiltinMacs.hmacsha256));
    setSignatureFactories(
        List.of(
            BuiltinSignatures.nistp256,
            BuiltinSignatures.ed25519,
            BuiltinSignatures.nistp384,
            BuiltinSignatures.nistp521,
            BuiltinSignatures.rsaSHA512,
            BuiltinSignatures.rsaSHA256));
    setCompressionFactories(List.of(BuiltinCompressions.none));
  }

  private IosDevice device(IoSession io) throws IOException {
    SocketAddress local = io.getLocalAddress();
    IosDevice device =
        local instanceof InetSocketAddress address ? devices.get(address.getPort()) : null;
    if (device == null) {
      throw new IOException("the lab is still starting");
    }
    return device;
  }

  /** Each session's host key is that of its device. */
  private static final class HostKeys implements KeyPairProvider {

    @Override
    public Iterable<KeyPair> loadKeys(SessionContext session)
        throws IOException, GeneralSecurityException {
      return List.of(((IosSession) session).device().hostKey());
    }

    @Override
    public Iterable<String> getKeyTypes(SessionContext session) {
      return List.of(KeyPairProvider.ECDSA_SHA2_NISTP256);
    }
  }

  /** Gives the library our threads for all it does, and our sockets. */
  private static final class Services extends Nio2ServiceFactoryFactory {

    private final CloseableExecutorService workers;

    Services(CloseableExecutorService workers) {
      this.workers = workers;
    }

    @Override
    public Nio2ServiceFactory create(FactoryManager manager) {
      return new Nio2ServiceFactory(manager, workers, ThreadUtils.noClose(workers)) {
        @Override
        public Nio2Session createSession(
            Nio2Service service,
            IoHandler handler,
            AsynchronousSocketChannel channel,
            SocketAddress acceptedAt)
            throws IOException {
          return new IosSocket(service, manager, handler, channel, acceptedAt);
        }
      };
    }
  }
}
