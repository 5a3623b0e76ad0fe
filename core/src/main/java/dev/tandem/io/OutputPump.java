package dev.tandem.io;

import dev.tandem.internal.Awaited;
import dev.tandem.internal.Latch;
import dev.tandem.internal.RealRuntime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Takes what a process writes to where it is wanted, until it ends or is not waited for. */
final class OutputPump implements Runnable {

  private final ReadableByteChannel from;
  private final @Nullable Conduit conduit;
  private final @Nullable Captured captured;
  final Latch ended = new Latch(() -> Awaited.of("pipe").in("the process has not closed it"));

  // Volatile: written by the pump, read by whoever decides that it waits in vain; 0 when it does
  // not wait for the process.
  private volatile long readingSince;

  private OutputPump(
      ReadableByteChannel from, @Nullable Conduit conduit, @Nullable Captured captured) {
    this.from = from;
    this.conduit = conduit;
    this.captured = captured;
  }

  static OutputPump into(ReadableByteChannel from, Conduit conduit) {
    return new OutputPump(from, conduit, null);
  }

  static OutputPump into(ReadableByteChannel from, Captured captured) {
    return new OutputPump(from, null, captured);
  }

  /** True when somebody is to read what comes, and may take the time for that. */
  boolean isForReading() {
    return conduit != null;
  }

  /** How long, in nanoseconds, it has been waiting for the process; 0 when it does not. */
  long waitingFor() {
    long since = readingSince;
    return since == 0 ? 0 : RealRuntime.INSTANCE.now() - since;
  }

  /** Stops waiting for the process; what has come stays. */
  void abort() {
    try {
      from.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }

  @Override
  public void run() {
    try {
      pump();
    } catch (IOException | InterruptedException aborted) {
      // What came before that is all there is.
      Thread.yield();
    } finally {
      abort();
      if (conduit != null) {
        conduit.end();
      }
      ended.open();
    }
  }

  private void pump() throws IOException, InterruptedException {
    ByteBuffer buffer = ByteBuffer.allocate(Defaults.CHUNK);
    while (true) {
      readingSince = Math.max(1, RealRuntime.INSTANCE.now());
      int count = from.read(buffer.clear());
      readingSince = 0;
      if (count < 0) {
        return;
      }
      deliver(Arrays.copyOf(buffer.array(), count));
    }
  }

  private void deliver(byte[] chunk) throws InterruptedException {
    if (captured != null) {
      captured.add(chunk);
    }
    if (conduit != null) {
      // When nobody takes it any more the process is still read, or it could not end.
      conduit.put(chunk);
    }
  }
}
