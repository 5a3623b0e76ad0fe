package dev.tandem.http;

/**
 * No connection came about: the host is unknown, nothing listens on the port, or there is no way to
 * it. Nothing was sent, so trying again does no harm.
 */
public final class HttpConnectException extends HttpException {

  private static final long serialVersionUID = 1L;

  HttpConnectException(String method, String url, String what, Throwable cause) {
    super(method, url, what, cause);
  }
}
