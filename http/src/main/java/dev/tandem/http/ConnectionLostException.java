package dev.tandem.http;

/**
 * The connection broke before the whole response had arrived. The server may or may not have acted
 * on the request.
 */
public final class ConnectionLostException extends HttpException {

  private static final long serialVersionUID = 1L;

  ConnectionLostException(String method, String url, String what, Throwable cause) {
    super(method, url, what, cause);
  }
}
