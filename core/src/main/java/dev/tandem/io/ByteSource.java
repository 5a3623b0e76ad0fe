package dev.tandem.io;

import java.io.IOException;

/**
 * Where a {@link StreamReader} gets its bytes from; see {@link StreamReader#of} for one of one's
 * own. It is asked by one task at a time.
 */
public interface ByteSource {

  /**
   * Waits for bytes, by waits of Tandem or in a way that an interrupt ends.
   *
   * @return how many have come, at least 1; at the end -1
   */
  int read(byte[] into, int offset, int length) throws IOException, InterruptedException;

  /** Throws when nothing more may be read, not even what has come. */
  void ensureOpen() throws IOException;

  /** What is read from, in words. */
  @Override
  String toString();
}
