package dev.tandem.http;

import org.jspecify.annotations.Nullable;

/**
 * A call failed. Each way to fail is a type of its own, so {@code catch} and {@code switch} can
 * tell them apart; all carry the method and the URL. No message shows a header or a credential.
 *
 * <p>Cancellation is not among them: a call whose scope is cancelled throws {@link
 * dev.tandem.CancelledException}, and one whose thread is interrupted a plain {@link
 * InterruptedException}.
 */
public abstract sealed class HttpException extends java.io.IOException
    permits BodyFormatException,
        BodyTooLargeException,
        ConnectionLostException,
        HttpConnectException,
        HttpProtocolException,
        HttpStatusException,
        HttpTimeoutException,
        TlsException {

  private static final long serialVersionUID = 1L;

  private final String method;
  private final String url;

  HttpException(String method, String url, String what, @Nullable Throwable cause) {
    super(method + " " + url + ": " + what, cause);
    this.method = method;
    this.url = url;
  }

  /** The method of the request, in upper case. */
  public String method() {
    return method;
  }

  /** The URL of the request, which never carries credentials. */
  public String url() {
    return url;
  }
}
