package dev.tandem.http;

/**
 * The TLS handshake failed. When the server's certificate is the reason, {@link
 * #isCertificateUntrusted} is true and the message says how to allow it.
 */
public final class TlsException extends HttpException {

  private static final long serialVersionUID = 1L;

  private final boolean certificateUntrusted;

  TlsException(
      String method, String url, String what, boolean certificateUntrusted, Throwable cause) {
    super(method, url, what, cause);
    this.certificateUntrusted = certificateUntrusted;
  }

  /** True when the certificate is not trusted, has expired, or is for another host. */
  public boolean isCertificateUntrusted() {
    return certificateUntrusted;
  }
}
