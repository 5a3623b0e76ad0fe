package dev.tandem.http;

/**
 * A response's status says that the request failed: 400 or above. Thrown by {@link
 * Response#raiseForStatus}, never by a call itself.
 */
public final class HttpStatusException extends HttpException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String excerpt;

  HttpStatusException(String method, String url, int status, String reason, String excerpt) {
    super(method, url, words(status, reason, excerpt), null);
    this.status = status;
    this.excerpt = excerpt;
  }

  /** The status, such as 404. */
  public int status() {
    return status;
  }

  /** The beginning of the body, at most 500 characters, without control characters. */
  public String excerpt() {
    return excerpt;
  }

  private static String words(int status, String reason, String excerpt) {
    return (status + " " + reason).strip() + (excerpt.isEmpty() ? "" : ", " + excerpt);
  }
}
