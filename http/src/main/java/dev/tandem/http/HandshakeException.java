package dev.tandem.http;

import java.io.IOException;

/** TLS did not come about; known inside only. */
final class HandshakeException extends IOException {

  private static final long serialVersionUID = 1L;

  HandshakeException(IOException cause) {
    super(cause);
  }
}
