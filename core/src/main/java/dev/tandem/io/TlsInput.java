package dev.tandem.io;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What comes in by TLS, where only an end that the peer announced is one, unless told otherwise.
 */
final class TlsInput extends FilterInputStream {

  private final Underlay raw;
  private final String peer;
  private final boolean wantsFarewell;

  // Volatile: written by who reads, read by who closes.
  private volatile boolean asked;

  TlsInput(InputStream in, Underlay raw, String peer, boolean wantsFarewell) {
    super(in);
    this.raw = raw;
    this.peer = peer;
    this.wantsFarewell = wantsFarewell;
  }

  /** Whether anybody has read, or begun to. */
  boolean wasAsked() {
    return asked;
  }

  @Override
  public int read() throws IOException {
    asked = true;
    return checked(in.read());
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    asked = true;
    return checked(in.read(into, offset, length));
  }

  private int checked(int result) throws ConnectionCutException {
    if (result < 0 && wantsFarewell && raw.wasCut()) {
      throw new ConnectionCutException(peer);
    }
    return result;
  }
}
