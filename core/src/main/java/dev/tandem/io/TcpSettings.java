package dev.tandem.io;

import static java.util.Objects.requireNonNull;

import dev.tandem.DeadlineExceededException;
import dev.tandem.Tandem;
import dev.tandem.internal.Durations;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How connections shall be, where that differs from {@link TcpConnection#open} and {@link
 * TcpServer#listen}.
 *
 * <pre>{@code
 * TcpSettings smtp = TcpSettings.DEFAULT.timeout(ofSeconds(5)).lineEnd("\r\n");
 * try (var connection = smtp.open("mail.example.com", 25)) {
 *   println(connection.readLine());
 *   connection.writeLine("QUIT");
 * }
 * }</pre>
 *
 * <p>By default there is no timeout but those around the call, lines are UTF-8, have at most 64 KiB
 * and are ended with a line feed when they are written, and nothing is secured. A value of this
 * type is immutable and may be used again.
 */
public final class TcpSettings {

  /** What is used when nobody says anything. */
  public static final TcpSettings DEFAULT =
      new TcpSettings(null, null, Defaults.CHARSET, Defaults.LINE_LIMIT, "\n", Dns.SYSTEM);

  final @Nullable Duration timeout;
  final @Nullable TlsSettings tls;
  final Charset charset;
  final int limit;
  final String lineEnd;
  final Dns dns;

  private TcpSettings(
      @Nullable Duration timeout,
      @Nullable TlsSettings tls,
      Charset charset,
      int limit,
      String lineEnd,
      Dns dns) {
    this.timeout = timeout;
    this.tls = tls;
    this.charset = charset;
    this.limit = limit;
    this.lineEnd = lineEnd;
    this.dns = dns;
  }

  /**
   * How long opening may take, with the name look-up, all addresses, and TLS; for a server, how
   * long a client's TLS handshake may take.
   *
   * @throws IllegalArgumentException when {@code timeout} is not longer than zero
   */
  public TcpSettings timeout(Duration timeout) {
    Durations.positive(timeout, "timeout");
    return new TcpSettings(timeout, tls, charset, limit, lineEnd, dns);
  }

  /** Secured from the first byte on, with the defaults of {@link TlsSettings}. */
  public TcpSettings tls() {
    return tls(TlsSettings.DEFAULT);
  }

  /** Secured from the first byte on. */
  public TcpSettings tls(TlsSettings tls) {
    return new TcpSettings(timeout, requireNonNull(tls, "tls"), charset, limit, lineEnd, dns);
  }

  /**
   * The charset of lines, in both directions.
   *
   * @throws IllegalArgumentException for one like UTF-16, in which a line feed is not one byte, and
   *     one that can only be read
   */
  public TcpSettings charset(Charset charset) {
    return new TcpSettings(timeout, tls, Text.lines(charset), limit, lineEnd, dns);
  }

  /**
   * How many bytes a line may have that is read, or what comes before a delimiter.
   *
   * @throws IllegalArgumentException when {@code bytes} is below 1
   */
  public TcpSettings lineLimit(int bytes) {
    return new TcpSettings(timeout, tls, charset, Text.limit(bytes), lineEnd, dns);
  }

  /** What ends a line that is written. */
  public TcpSettings lineEnd(String lineEnd) {
    return new TcpSettings(timeout, tls, charset, limit, requireNonNull(lineEnd, "lineEnd"), dns);
  }

  /** For tests: another way from names to addresses. */
  TcpSettings dns(Dns dns) {
    return new TcpSettings(timeout, tls, charset, limit, lineEnd, dns);
  }

  /**
   * Opens a connection.
   *
   * @throws ConnectFailedException when none of the host's addresses took it, or it took longer
   *     than the timeout; then its cause is a {@link DeadlineExceededException}
   * @throws TlsFailedException when TLS did not come about
   * @throws IllegalArgumentException when {@code port} is not from 1 to 65535
   * @throws InterruptedException when cancelled or interrupted; then nothing is left open
   */
  public TcpConnection open(String host, int port) throws IOException, InterruptedException {
    Peers.host(host);
    Peers.port(port);
    if (timeout == null) {
      return Connecting.open(host, port, this);
    }
    try {
      return Tandem.<TcpConnection, IOException>timeout(
          "opening " + Peers.text(host, port), timeout, () -> Connecting.open(host, port, this));
    } catch (DeadlineExceededException late) {
      throw new ConnectFailedException(host, port, "it took longer than " + timeout, late);
    }
  }

  /**
   * Listens for connections; see {@link TcpServer}.
   *
   * @param port where to listen; 0 for any free port
   * @throws IOException when the address is in use, not one of this machine, or unknown
   * @throws IllegalArgumentException when {@code port} is not from 0 to 65535
   */
  public TcpServer listen(String host, int port) throws IOException, InterruptedException {
    return TcpServer.listen(Peers.host(host), Peers.anyPort(port), this);
  }
}
