package dev.tandem.ssh;

import static java.util.Objects.requireNonNull;

import dev.tandem.sync.AsyncSemaphore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Opens SSH connections. Every wait may be cancelled, and a cancelled one leaves nothing behind: no
 * socket, no session, no permit.
 *
 * <pre>{@code
 * try (var client = AsyncSshClient.builder().hostKeys(HostKeys.knownHosts(file)).build();
 *     var router = client.connect("r1.example", "backup", Credentials.password(secret))) {
 *   println(router.run("show version").check().stdout());
 * }
 * }</pre>
 *
 * <p>Clients are cheap and share one engine with a constant number of threads. Unless told
 * otherwise a client believes only the servers in the user's {@code .ssh/known_hosts}; it reads no
 * other file of the user's. A client may be used by any number of threads.
 */
public final class AsyncSshClient implements AutoCloseable {

  private final Engine engine;
  private final HostKeys hostKeys;
  private final Limits limits;
  private final AsyncSemaphore handshakes;
  private final Set<SshConnection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();

  private AsyncSshClient(Builder builder) {
    hostKeys = builder.hostKeys;
    limits = new Limits(builder.timeouts, builder.keepAlive, builder.outputLimit);
    handshakes = AsyncSemaphore.of(builder.handshakes);
    engine = Engine.acquire();
  }

  /** A client with every default. */
  public static AsyncSshClient create() {
    return builder().build();
  }

  /** Says how a client differs from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Connects and logs in.
   *
   * @return the connection, which the caller closes
   * @throws SshConnectException when no TCP connection came about
   * @throws SshHandshakeException when no keys were agreed
   * @throws HostKeyException when the server's key is unknown, has changed or is revoked
   * @throws SshAuthenticationException when the server accepted none of the credentials
   * @throws SshTimeoutException when a phase took too long
   * @throws SshConnectionLostException when the server hung up while logging in
   * @throws IllegalArgumentException when the user is empty
   * @throws IllegalStateException when this client is closed
   * @throws InterruptedException when cancelled or interrupted
   */
  public SshConnection connect(SshTarget target, String user, Credentials credentials)
      throws SshException, InterruptedException {
    requireNonNull(target, "target");
    requireNonNull(credentials, "credentials");
    if (requireNonNull(user, "user").isEmpty()) {
      throw new IllegalArgumentException("user must not be empty");
    }
    checkOpen();
    EngineSession session =
        new Connecting(engine, handshakes, limits, target, hostKeys).run(user, credentials);
    var connection = new SshConnection(this, session, target, limits);
    connections.add(connection);
    if (closed.get()) {
      // Closed meanwhile: it may or may not have seen this one.
      connection.close();
      checkOpen();
    }
    return connection;
  }

  /** Like {@link #connect(SshTarget, String, Credentials)}, to port 22 of a host. */
  public SshConnection connect(String host, String user, Credentials credentials)
      throws SshException, InterruptedException {
    return connect(SshTarget.of(host), user, credentials);
  }

  /** Like {@link #connect(SshTarget, String, Credentials)}, to a port of a host. */
  public SshConnection connect(String host, int port, String user, Credentials credentials)
      throws SshException, InterruptedException {
    return connect(SshTarget.of(host, port), user, credentials);
  }

  /**
   * Closes the client and the connections that are still open, as {@link SshConnection#close} does.
   * Further calls do nothing.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        // All at once, so that the grace time passes once and not once for each.
        connections.forEach(SshConnection::beginClose);
        connections.forEach(SshConnection::close);
      } finally {
        engine.release();
      }
    }
  }

  @Override
  public String toString() {
    return "AsyncSshClient[" + hostKeys + ", connections " + connections.size() + "]";
  }

  void forget(SshConnection connection) {
    connections.remove(connection);
  }

  Engine engine() {
    return engine;
  }

  AsyncSemaphore handshakes() {
    return handshakes;
  }

  private void checkOpen() {
    if (closed.get()) {
      throw new IllegalStateException("this SSH client is closed");
    }
  }

  /** What a client is to be like. */
  public static final class Builder {

    private HostKeys hostKeys =
        HostKeys.knownHosts(Path.of(System.getProperty("user.home"), Defaults.KNOWN_HOSTS));
    private SshTimeouts timeouts = SshTimeouts.defaults();
    private int handshakes =
        Defaults.HANDSHAKES_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
    private Duration keepAlive = Defaults.KEEP_ALIVE;
    private long outputLimit = Defaults.OUTPUT_LIMIT;

    private Builder() {}

    /** Which servers to believe; by default those in the user's known_hosts. */
    public Builder hostKeys(HostKeys hostKeys) {
      this.hostKeys = requireNonNull(hostKeys, "hostKeys");
      return this;
    }

    /** How long each phase may take; by default {@link SshTimeouts#defaults}. */
    public Builder timeouts(SshTimeouts timeouts) {
      this.timeouts = requireNonNull(timeouts, "timeouts");
      return this;
    }

    /**
     * How often the server is asked whether it is still there, once logged in; by default every 30
     * seconds. After three questions without an answer the connection is lost. Zero asks never, for
     * the few old servers that take offence.
     *
     * @throws IllegalArgumentException when it is negative, or longer than zero and shorter than a
     *     millisecond
     */
    public Builder keepAlive(Duration interval) {
      requireNonNull(interval, "interval");
      if (interval.isNegative() || (interval.isPositive() && interval.toMillis() < 1)) {
        throw new IllegalArgumentException(
            "keepAlive must be zero, for never, or at least a millisecond, but was " + interval);
      }
      this.keepAlive = interval;
      return this;
    }

    /**
     * How many key exchanges may be under way at once; by default four for each processor. It
     * limits neither connections nor commands.
     *
     * @throws IllegalArgumentException when it is below 1
     */
    public Builder handshakes(int atOnce) {
      if (atOnce < 1) {
        throw new IllegalArgumentException("handshakes must be at least 1, but was " + atOnce);
      }
      this.handshakes = atOnce;
      return this;
    }

    /**
     * How many bytes a command may write, standard output and error together; by default 64 MiB.
     *
     * @throws IllegalArgumentException when it is below 1
     */
    public Builder outputLimit(long bytes) {
      if (bytes < 1) {
        throw new IllegalArgumentException("outputLimit must be at least 1, but was " + bytes);
      }
      this.outputLimit = bytes;
      return this;
    }

    /** The client. It shares the process's engine, which starts if this is the first. */
    public AsyncSshClient build() {
      return new AsyncSshClient(this);
    }
  }
}
