package dev.tandem.http;

/** A response body is not the JSON that was asked for. */
public final class BodyFormatException extends HttpException {

  private static final long serialVersionUID = 1L;

  BodyFormatException(String method, String url, String what, Throwable cause) {
    super(method, url, what, cause);
  }
}
