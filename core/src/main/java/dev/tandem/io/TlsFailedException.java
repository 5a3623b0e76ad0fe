package dev.tandem.io;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** TLS did not come about: the handshake failed, or the certificate is not trusted. */
public final class TlsFailedException extends IOException {

  private static final long serialVersionUID = 1L;

  TlsFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
