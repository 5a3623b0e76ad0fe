package dev.tandem.io;

import dev.tandem.internal.Awaited;
import dev.tandem.internal.Latch;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/** Takes to a process what it is to read, until there is no more or it does not want more. */
final class InputPump implements Runnable {

  /** Where the chunks come from. */
  @FunctionalInterface
  interface Chunks {
    /** The next one; null when there is none. */
    byte @Nullable [] next() throws InterruptedException;

    /** No more are wanted. */
    default void close() throws Exception {}
  }

  private static final System.Logger LOG = System.getLogger("dev.tandem.io");

  private final WritableByteChannel to;
  private final Chunks chunks;
  private final Runnable whenBroken;
  final Latch ended = new Latch(() -> Awaited.of("pipe").in("the process has not read it all"));

  // Volatile: written by the pump, read by whoever concludes or aborts.
  private volatile @Nullable Throwable failure;
  private volatile @Nullable Thread thread;
  private volatile boolean aborted;

  /**
   * A pump.
   *
   * @param whenBroken called when the process reads no more
   */
  InputPump(WritableByteChannel to, Chunks chunks, Runnable whenBroken) {
    this.to = to;
    this.chunks = chunks;
    this.whenBroken = whenBroken;
  }

  /** What the source of the chunks threw. */
  @Nullable Throwable failure() {
    return failure;
  }

  /** Stops, whatever it waits for. */
  void abort() {
    aborted = true;
    closeQuietly();
    Thread current = thread;
    if (current != null && !ended.isOpen()) {
      current.interrupt();
    }
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    try {
      while (!aborted) {
        byte[] chunk = chunks.next();
        if (chunk == null || !write(chunk)) {
          return;
        }
      }
    } catch (Throwable ofTheSource) {
      if (!aborted) {
        failure = ofTheSource;
      }
    } finally {
      closeQuietly();
      whenBroken.run();
      closeChunks();
      ended.open();
    }
  }

  /** The process has had what it wanted, so this fails nothing but itself. */
  private void closeChunks() {
    try {
      chunks.close();
    } catch (Throwable ofTheSource) {
      LOG.log(Level.WARNING, "closing the lines that a process read failed", ofTheSource);
    }
  }

  /** False when the process reads no more. */
  private boolean write(byte[] chunk) {
    ByteBuffer left = ByteBuffer.wrap(chunk);
    try {
      while (left.hasRemaining()) {
        to.write(left);
      }
      return true;
    } catch (IOException broken) {
      return false;
    }
  }

  private void closeQuietly() {
    try {
      to.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }
}
