package dev.tandem.io;

import static java.util.Objects.requireNonNull;

import dev.tandem.Action;
import dev.tandem.Tandem;
import dev.tandem.internal.PermitQueue;
import dev.tandem.internal.TaskRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection, read and written by blocking calls; asyncio's {@code open_connection}.
 *
 * <pre>{@code
 * try (var connection = TcpConnection.open("towel.example.com", 23, ofSeconds(5))) {
 *   connection.writeLine("hello");
 *   String answer = timeout(ofSeconds(2), () -> connection.readLine());
 * }
 * }</pre>
 *
 * <p>One task reads at a time; a second one is refused. Any number may write: each {@code write}
 * goes out in one piece, first come, first served. Nothing is buffered on the way out, so a write
 * returns when the system has taken all of it, and waits while the peer does not read.
 *
 * <p>There is no timeout of its own for reading and writing: put {@link Tandem#timeout} around it.
 *
 * <p><b>Cancellation.</b> A task that is cancelled or interrupted in a read, a write or a handshake
 * stops at once, on virtual and platform threads alike, and the connection is closed with it: half
 * a line may have been read, half a message written, and nobody could go on from there. Later calls
 * throw {@link StreamClosedException}, which says so. A call that is cancelled before it began has
 * done nothing, and the connection stays open.
 *
 * <p><b>Errors.</b> When the peer resets the connection, {@link ConnectionLostException}; when this
 * side has closed it, {@link StreamClosedException}. That the peer ends its side is no error:
 * {@link #readLine} returns null then, {@link #read} nothing. With TLS it has to say so, and an end
 * that was not announced is a {@link ConnectionCutException}.
 */
public final class TcpConnection implements Connection {

  /** The system copies what it is given, and should not be given too much at once. */
  private static final int WRITTEN_AT_ONCE = 64 << 10;

  private final SocketChannel channel;
  private final String host;
  private final boolean client;
  private final TcpSettings settings;
  private final SocketAddress local;
  private final SocketAddress remote;
  private final StreamReader reader;
  private final PermitQueue writing = new PermitQueue(1, "turn to write");
  private final AtomicBoolean securing = new AtomicBoolean();
  private final AtomicReference<@Nullable String> closedBy = new AtomicReference<>();

  // Volatile: replaced when TLS begins, read by whoever reads and writes.
  private volatile InputStream input;
  private volatile OutputStream output;
  private volatile @Nullable SSLSocket tls;
  private volatile @Nullable TlsInput secureInput;
  private volatile boolean outputClosed;
  private volatile boolean written;

  TcpConnection(SocketChannel channel, String host, TcpSettings settings, boolean client)
      throws IOException {
    this.channel = channel;
    this.host = host;
    this.client = client;
    this.settings = settings;
    local = channel.getLocalAddress();
    remote = channel.getRemoteAddress();
    input = channel.socket().getInputStream();
    output = channel.socket().getOutputStream();
    reader = new StreamReader(new Source(), settings.charset, settings.limit);
  }

  /**
   * Opens a connection; all addresses of the host are tried, one after the other.
   *
   * @throws ConnectFailedException when none of the host's addresses took it
   * @throws IllegalArgumentException when {@code port} is not from 1 to 65535
   * @throws InterruptedException when cancelled or interrupted; then nothing is left open
   */
  public static TcpConnection open(String host, int port) throws IOException, InterruptedException {
    return TcpSettings.DEFAULT.open(host, port);
  }

  /**
   * Like {@link #open(String, int)}, in at most so long a time, the name look-up and all addresses
   * included.
   *
   * @throws IllegalArgumentException when {@code timeout} is not longer than zero
   */
  public static TcpConnection open(String host, int port, Duration timeout)
      throws IOException, InterruptedException {
    return TcpSettings.DEFAULT.timeout(timeout).open(host, port);
  }

  /** For connections with TLS, with another charset, or with other limits. */
  public static TcpSettings settings() {
    return TcpSettings.DEFAULT;
  }

  @Override
  public StreamReader reader() {
    return reader;
  }

  @Override
  public Charset charset() {
    return settings.charset;
  }

  @Override
  public String lineEnd() {
    return settings.lineEnd;
  }

  /** Writes, and waits until the system has taken everything. */
  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException, InterruptedException {
    Objects.checkFromIndexSize(offset, length, requireNonNull(bytes, "bytes").length);
    writing(
        "a write",
        () -> {
          ensureOutputOpen();
          written = true;
          for (int done = 0; done < length; ) {
            int count = Math.min(WRITTEN_AT_ONCE, length - done);
            output.write(bytes, offset + done, count);
            done += count;
          }
        });
  }

  /**
   * Tells the peer that nothing more will be written; reading goes on. Later calls do nothing.
   *
   * @throws TlsFailedException when what was agreed is TLS before 1.3, which ends both directions
   *     at once, and the peer may still have something to say; the connection stays as it is
   */
  @Override
  public void closeOutput() throws IOException, InterruptedException {
    if (outputClosed) {
      return;
    }
    writing(
        "closing the output",
        () -> {
          if (!outputClosed) {
            endOutput();
          }
        });
  }

  private void endOutput() throws IOException {
    SSLSocket secured = tls;
    if (secured == null) {
      outputClosed = true;
      channel.shutdownOutput();
      return;
    }
    String version = secured.getSession().getProtocol();
    if (!version.equals(TlsSettings.HALF_CLOSING) && !reader.isAtEnd()) {
      throw new TlsFailedException(
          version
              + " with "
              + peer()
              + " cannot end one direction alone, the answer would be lost; read it first and then"
              + " close, or agree on "
              + TlsSettings.HALF_CLOSING,
          null);
    }
    outputClosed = true;
    secured.shutdownOutput();
  }

  /** Secures the connection from here on, with the defaults of {@link TlsSettings}. */
  public void startTls() throws IOException, InterruptedException {
    startTls(TlsSettings.DEFAULT);
  }

  /**
   * Secures the connection from here on, as after STARTTLS; asyncio's {@code start_tls}. Nobody may
   * read or write meanwhile. When it fails, the connection is closed.
   *
   * @throws TlsFailedException when the handshake failed, the certificate is not trusted or made
   *     out for another host; or when the peer has sent something already, which would be taken for
   *     secured although anybody may have slipped it in
   * @throws IllegalStateException when it is secured already, or being secured
   */
  public void startTls(TlsSettings settings) throws IOException, InterruptedException {
    requireNonNull(settings, "tls");
    if (!securing.compareAndSet(false, true)) {
      throw new IllegalStateException(this + " is secured already, or is being secured");
    }
    if (reader.buffered() > 0) {
      shut("more had come than was read when TLS was to begin");
      throw new TlsFailedException(
          reader.buffered() + " bytes from " + peer() + " came before TLS and were not read", null);
    }
    try {
      writing("the TLS handshake", () -> secure(settings));
    } finally {
      // A call that was cancelled before its turn has done nothing, and may be made again.
      securing.set(tls != null);
    }
  }

  /** What was agreed in TLS; empty without it. */
  public Optional<SSLSession> tlsSession() {
    SSLSocket secured = tls;
    return secured == null ? Optional.empty() : Optional.of(secured.getSession());
  }

  /** The application protocol that was agreed in TLS; empty when there is none. */
  public Optional<String> applicationProtocol() {
    SSLSocket secured = tls;
    String agreed = secured == null ? null : secured.getApplicationProtocol();
    return Optional.ofNullable(agreed).filter(name -> !name.isEmpty());
  }

  /** Where the connection ends on this side. */
  public SocketAddress localAddress() {
    return local;
  }

  /** Where the connection ends on the other side. */
  public SocketAddress remoteAddress() {
    return remote;
  }

  @Override
  public boolean isOpen() {
    return closedBy.get() == null && channel.isOpen();
  }

  /**
   * Closes the connection; whoever reads or writes meanwhile is told. With TLS it says farewell,
   * and waits for room for that a second at most; a client that wrote and never read waits as long
   * for the server to end too, or what it wrote could be lost. Later calls do nothing.
   */
  @Override
  public void close() {
    if (closedBy.compareAndSet(null, "it was closed")) {
      SSLSocket secured = tls;
      if (secured != null && writing.tryAcquire(1)) {
        try {
          boolean hears = client && written && Farewell.mayBeUnread(secured, secureInput);
          Farewell.say(secured, channel, !outputClosed, hears);
        } finally {
          // Whoever comes to write is to be told, and must not wait for ever.
          writing.release(1);
        }
      }
      Farewell.closeQuietly(channel);
    }
  }

  @Override
  public String toString() {
    String reason = closedBy.get();
    return "TcpConnection["
        + peer()
        + (tls == null ? "" : ", TLS")
        + (reason == null ? "]" : ", closed: " + reason + "]");
  }

  /** The other side, in words. */
  String peer() {
    return Peers.text(remote);
  }

  private void writing(String what, Action<IOException> body)
      throws IOException, InterruptedException {
    writing.acquire(1, TaskRuntime.NEVER);
    try {
      ensureOpen();
      body.run();
    } catch (TlsFailedException | StreamClosedException known) {
      Tandem.checkpoint();
      throw known;
    } catch (IOException failed) {
      throw broken(what, failed);
    } finally {
      writing.release(1);
    }
  }

  private void secure(TlsSettings with) throws IOException, InterruptedException {
    ensureOutputOpen();
    boolean done = false;
    try {
      var raw = new Underlay(channel.socket());
      SSLSocket secured = Handshake.inTime(raw, host, with, client);
      var plain = new TlsInput(secured.getInputStream(), raw, peer(), with.wantsFarewell);
      input = plain;
      secureInput = plain;
      output = secured.getOutputStream();
      tls = secured;
      done = true;
    } finally {
      if (!done) {
        shut("the TLS handshake failed");
      }
    }
  }

  private void ensureOpen() throws StreamClosedException {
    String reason = closedBy.get();
    if (reason != null) {
      throw closed(reason, null);
    }
  }

  private void ensureOutputOpen() throws StreamClosedException {
    if (outputClosed) {
      throw new StreamClosedException(
          "the output of the connection to " + peer() + " is closed", null);
    }
  }

  private StreamClosedException closed(String reason, @Nullable IOException cause) {
    return new StreamClosedException(
        "the connection to " + peer() + " is closed: " + reason + "; open another one", cause);
  }

  /** What to throw after a failure; the connection is closed in any case. */
  private IOException broken(String what, IOException failed) throws InterruptedException {
    try {
      Tandem.checkpoint();
    } catch (InterruptedException stopped) {
      shut(what + " was cancelled in the middle");
      throw stopped;
    }
    String reason = closedBy.get();
    if (reason != null) {
      return closed(reason, failed);
    }
    if (failed instanceof ClosedChannelException) {
      String interrupted = what + " was interrupted in the middle";
      shut(interrupted);
      return closed(interrupted, failed);
    }
    if (failed instanceof ConnectionCutException) {
      shut("it was cut");
      return failed;
    }
    shut("it was lost");
    return new ConnectionLostException(peer(), failed);
  }

  private void shut(String reason) {
    closedBy.compareAndSet(null, reason);
    Farewell.closeQuietly(channel);
  }

  private final class Source implements ByteSource {

    @Override
    public int read(byte[] into, int offset, int length) throws IOException, InterruptedException {
      Tandem.checkpoint();
      ensureOpen();
      try {
        return input.read(into, offset, length);
      } catch (IOException failed) {
        throw broken("a read", failed);
      }
    }

    @Override
    public void ensureOpen() throws StreamClosedException {
      TcpConnection.this.ensureOpen();
    }

    @Override
    public String toString() {
      return "the connection to " + peer();
    }
  }
}
