package dev.tandem.io;

import static java.util.Objects.requireNonNull;

import dev.tandem.internal.Awaited;
import dev.tandem.internal.PermitQueue;
import dev.tandem.internal.TaskRuntime;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.Arrays;

/**
 * What a process reads, written piece by piece; asyncio's {@code process.stdin}.
 *
 * <pre>{@code
 * try (var process = Subprocess.of("bc").stdin(ProcessInput.pipe()).start()) {
 *   process.stdin().writeLine("6 * 7");
 *   println(process.stdout().readLine());
 *   process.stdin().close();
 * }
 * }</pre>
 *
 * <p>Some of what was written may still be on its way when {@code write} returns; when the process
 * does not read, the writer waits once 64 KiB are on their way, and as much again in the system.
 *
 * <p><b>Fairness.</b> Several writers take turns, first come, first served; each write goes out in
 * one piece.
 *
 * <p><b>Cancellation.</b> A write of at most 8 KiB that throws because of cancellation was not
 * made; of a longer one the first part may have been. The pipe stays open.
 */
public final class ProcessWriter implements AutoCloseable {

  private final String process;
  private final Charset charset;
  private final Conduit conduit;
  private final PermitQueue turn = new PermitQueue(1, this::awaited);

  // Volatile: set by whoever closes, read by writers.
  private volatile boolean closed;

  ProcessWriter(String process, Charset charset, Conduit conduit) {
    this.process = process;
    this.charset = charset;
    this.conduit = conduit;
  }

  /**
   * Writes, waiting while the process does not read.
   *
   * @throws StreamClosedException when this was closed, or the process reads no more
   */
  public void write(byte[] bytes) throws IOException, InterruptedException {
    write(requireNonNull(bytes, "bytes"), 0, bytes.length);
  }

  /** Like {@link #write(byte[])}, in the process's charset. */
  public void write(String text) throws IOException, InterruptedException {
    write(requireNonNull(text, "text").getBytes(charset));
  }

  /** Writes a line and a line feed. */
  public void writeLine(String line) throws IOException, InterruptedException {
    write(requireNonNull(line, "line") + "\n");
  }

  private Awaited awaited() {
    return Awaited.of("turn to write").named(process);
  }

  /** Ends the input: the process finds the end after what was written. Later calls do nothing. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      conduit.end();
    }
  }

  /** The same as a stream, for libraries. */
  public OutputStream outputStream() {
    return new StreamViews.Output(
        new StreamViews.Sink() {
          @Override
          public void write(byte[] bytes, int offset, int length)
              throws IOException, InterruptedException {
            ProcessWriter.this.write(bytes, offset, length);
          }

          @Override
          public void close() {
            ProcessWriter.this.close();
          }
        });
  }

  @Override
  public String toString() {
    return "ProcessWriter[" + process + (closed ? ", closed]" : "]");
  }

  private void write(byte[] bytes, int offset, int length)
      throws IOException, InterruptedException {
    turn.acquire(1, TaskRuntime.NEVER);
    try {
      for (int done = 0; done < length; ) {
        int count = Math.min(Defaults.CHUNK, length - done);
        byte[] chunk = Arrays.copyOfRange(bytes, offset + done, offset + done + count);
        if (!Outside.await(() -> conduit.put(chunk))) {
          throw new StreamClosedException(
              closed
                  ? "the input of " + process + " was closed"
                  : process + " reads no more from its input",
              null);
        }
        done += count;
      }
    } finally {
      turn.release(1);
    }
  }
}
