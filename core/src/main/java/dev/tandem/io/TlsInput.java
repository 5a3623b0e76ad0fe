package dev.tandem.io;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What comes in by TLS, where only an end that the peer announced is one. */
final class TlsInput extends FilterInputStream {

  private final Underlay raw;
  private final String peer;

  TlsInput(InputStream in, Underlay raw, String peer) {
    super(in);
    this.raw = raw;
    this.peer = peer;
  }

  @Override
  public int read() throws IOException {
    return checked(in.read());
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    return checked(in.read(into, offset, length));
  }

  private int checked(int result) throws ConnectionCutException {
    if (result < 0 && raw.wasCut()) {
      throw new ConnectionCutException(peer);
    }
    return result;
  }
}
