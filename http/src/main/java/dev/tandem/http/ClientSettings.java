package dev.tandem.http;

import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a client was set up. Not shown anywhere, for it holds credentials.
 *
 * @param authorization the value of the Authorization header; null for none
 * @param pool null, like each timeout but connect, for none
 */
record ClientSettings(
    @Nullable Url base,
    Headers headers,
    @Nullable String authorization,
    boolean verifyTls,
    @Nullable SSLContext sslContext,
    Duration connect,
    @Nullable Duration pool,
    @Nullable Duration read,
    @Nullable Duration total,
    int maxConnections,
    int maxConnectionsPerHost,
    Duration keepAlive,
    long maxBody,
    JsonMapper mapper) {

  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  @Override
  public String toString() {
    return base == null ? "no base URL" : base.toString();
  }

  static Duration positive(Duration duration, String name) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException(
          name + " must be longer than zero, but was " + duration + "; pass a positive Duration");
    }
    return duration;
  }

  static long nanos(Duration duration) {
    return duration.compareTo(LONGEST) > 0 ? Long.MAX_VALUE : duration.toNanos();
  }
}
