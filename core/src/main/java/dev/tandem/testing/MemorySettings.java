package dev.tandem.testing;

import static java.util.Objects.requireNonNull;

import java.nio.charset.Charset;

/**
 * How connections in memory behave.
 *
 * <pre>{@code
 * MemoryLink link =
 *     MemoryConnection.settings()
 *         .toServer(StreamFaults.none().buffer(16))
 *         .toClient(StreamFaults.none().delay(ofMillis(40)))
 *         .open();
 * }</pre>
 *
 * <p>A value of this type is immutable and may be used again.
 */
public final class MemorySettings {

  static final MemorySettings DEFAULT =
      new MemorySettings(
          StreamFaults.none(),
          StreamFaults.none(),
          Defaults.CHARSET,
          Defaults.LINE_LIMIT,
          Defaults.LINE_END);

  final StreamFaults toServer;
  final StreamFaults toClient;
  final Charset charset;
  final int lineLimit;
  final String lineEnd;

  private MemorySettings(
      StreamFaults toServer,
      StreamFaults toClient,
      Charset charset,
      int lineLimit,
      String lineEnd) {
    this.toServer = toServer;
    this.toClient = toClient;
    this.charset = charset;
    this.lineLimit = lineLimit;
    this.lineEnd = lineEnd;
  }

  /** What happens to bytes from the client to the server. */
  public MemorySettings toServer(StreamFaults faults) {
    requireNonNull(faults, "faults");
    return new MemorySettings(faults, toClient, charset, lineLimit, lineEnd);
  }

  /** What happens to bytes from the server to the client. */
  public MemorySettings toClient(StreamFaults faults) {
    requireNonNull(faults, "faults");
    return new MemorySettings(toServer, faults, charset, lineLimit, lineEnd);
  }

  /** What happens to bytes in each direction. */
  public MemorySettings bothWays(StreamFaults faults) {
    return toServer(faults).toClient(faults);
  }

  /**
   * The charset of text, in both directions; UTF-8 unless it is set.
   *
   * <p>One like UTF-16, in which a line feed is not one byte, is refused by {@link #open} with
   * {@link IllegalArgumentException}.
   */
  public MemorySettings charset(Charset charset) {
    requireNonNull(charset, "charset");
    return new MemorySettings(toServer, toClient, charset, lineLimit, lineEnd);
  }

  /**
   * How many bytes a line may have that is read, or what comes before a delimiter; 64 KiB unless it
   * is set.
   *
   * @throws IllegalArgumentException when {@code bytes} is below 1
   */
  public MemorySettings lineLimit(int bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("bytes must be at least 1, but was " + bytes);
    }
    return new MemorySettings(toServer, toClient, charset, bytes, lineEnd);
  }

  /** What ends a line that is written; a line feed unless it is set. */
  public MemorySettings lineEnd(String lineEnd) {
    requireNonNull(lineEnd, "lineEnd");
    return new MemorySettings(toServer, toClient, charset, lineLimit, lineEnd);
  }

  /** Makes two ends that are connected. */
  public MemoryLink open() {
    return new MemoryLink(this);
  }
}
