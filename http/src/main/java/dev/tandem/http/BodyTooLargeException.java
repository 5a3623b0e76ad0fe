package dev.tandem.http;

/** A response body has more bytes than may be read into memory. The connection was closed. */
public final class BodyTooLargeException extends HttpException {

  private static final long serialVersionUID = 1L;

  private final long limit;

  BodyTooLargeException(String method, String url, long limit) {
    super(
        method,
        url,
        "the body has more than " + limit + " bytes; raise maxBodySize to allow more",
        null);
    this.limit = limit;
  }

  /** How many bytes are allowed. */
  public long limit() {
    return limit;
  }
}
