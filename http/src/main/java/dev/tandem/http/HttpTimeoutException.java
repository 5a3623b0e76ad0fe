package dev.tandem.http;

import java.time.Duration;
import java.util.Locale;

/** A call took longer than one of its timeouts allows. */
public final class HttpTimeoutException extends HttpException {

  private static final long serialVersionUID = 1L;

  private final Phase phase;
  private final Duration limit;

  HttpTimeoutException(String method, String url, Phase phase, Duration limit, Throwable cause) {
    super(method, url, phase.words(limit), cause);
    this.phase = phase;
    this.limit = limit;
  }

  /** Which timeout it was. */
  public Phase phase() {
    return phase;
  }

  /** How long that timeout is. */
  public Duration limit() {
    return limit;
  }

  /** What the time was spent on. */
  public enum Phase {
    /** Waiting for one of the client's connections to become free. */
    POOL("waited %s for a free connection; raise the limits of connections or poolTimeout"),
    /** Looking up the name, connecting and the TLS handshake. */
    CONNECT("no connection within the connect timeout of %s"),
    /** Waiting for the server to say something. */
    READ("the server was silent for %s, the read timeout"),
    /** The whole call, the body included. */
    TOTAL("not done within the total timeout of %s");

    private final String text;

    Phase(String text) {
      this.text = text;
    }

    private String words(Duration limit) {
      String time = limit.toString().substring(2).toLowerCase(Locale.ROOT);
      return text.replace("%s", time);
    }
  }
}
