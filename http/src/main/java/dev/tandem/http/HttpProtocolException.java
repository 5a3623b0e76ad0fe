package dev.tandem.http;

/**
 * The server answered with something that is not HTTP/1.1, or with a head beyond the limits. The
 * connection was closed.
 */
public final class HttpProtocolException extends HttpException {

  private static final long serialVersionUID = 1L;

  HttpProtocolException(String method, String url, String what, Throwable cause) {
    super(method, url, what, cause);
  }
}
