package dev.tandem.io;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a process writes, for a reader. A wait that is cancelled has taken nothing. */
final class ConduitSource implements ByteSource {

  private final Conduit conduit;
  private final Supervision process;
  private final String name;
  private byte @Nullable [] chunk;
  private int taken;

  ConduitSource(Conduit conduit, Supervision process, String name) {
    this.conduit = conduit;
    this.process = process;
    this.name = name;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException, InterruptedException {
    byte[] current = chunk;
    if (current == null) {
      current = Outside.<byte @Nullable []>await(conduit::take);
      ensureOpen();
      if (current == null) {
        return -1;
      }
    }
    int count = Math.min(length, current.length - taken);
    System.arraycopy(current, taken, into, offset, count);
    taken += count;
    if (taken == current.length) {
      chunk = null;
      taken = 0;
    } else {
      chunk = current;
    }
    return count;
  }

  @Override
  public void ensureOpen() throws StreamClosedException {
    if (process.isEnded()) {
      throw new StreamClosedException(name + " cannot be read: the process was closed", null);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
