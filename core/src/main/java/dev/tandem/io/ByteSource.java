package dev.tandem.io;

import java.io.IOException;

/** Where a {@link StreamReader} gets its bytes from. */
interface ByteSource {

  /** Waits for bytes; at the end -1. */
  int read(byte[] into, int offset, int length) throws IOException, InterruptedException;

  /** Throws when nothing more may be read, not even what has come. */
  void ensureOpen() throws StreamClosedException;

  /** What is read from, in words. */
  @Override
  String toString();
}
