package dev.tandem.testing;

import static java.util.Objects.requireNonNull;

import dev.tandem.Tandem;
import dev.tandem.internal.PermitQueue;
import dev.tandem.internal.TaskRuntime;
import dev.tandem.io.ByteSource;
import dev.tandem.io.Connection;
import dev.tandem.io.ConnectionLostException;
import dev.tandem.io.StreamClosedException;
import dev.tandem.io.StreamReader;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection in memory, for tests of whatever speaks a protocol; Trio's {@code
 * memory_stream_pair}.
 *
 * <pre>{@code
 * VirtualTime.run(
 *     (TaskGroup group) -> {
 *       MemoryLink link = MemoryConnection.settings().toClient(StreamFaults.none().split(1)).open();
 *       group.startDaemon("server", () -> serve(link.server()));
 *       assertEquals("pong", ask(link.client(), "ping"));
 *     });
 * }</pre>
 *
 * <p>It is read and written like a {@link dev.tandem.io.TcpConnection}, and closes itself in the
 * same cases, cancellation in the middle among them, so that a test sees what a network would show.
 * Every wait is one of Tandem: in virtual time delays are exact and cost nothing, and two ends that
 * wait for each other are a proven deadlock. It works in real time too; both ends of a link that
 * has delays are used on the same clock.
 *
 * <p><b>Fairness.</b> Writes go out in one piece each, first come, first served.
 */
public final class MemoryConnection implements Connection {

  private final String name;
  private final String peer;
  private final MemorySettings settings;
  private final Wire in;
  private final Wire out;
  private final Runnable onReset;
  private final StreamReader reader;
  private final PermitQueue writing = new PermitQueue(1);
  private final AtomicReference<@Nullable String> closedBy = new AtomicReference<>();

  // Volatile: set by whoever closes the output, read by writers.
  private volatile boolean outputClosed;

  MemoryConnection(
      String name, String peer, MemorySettings settings, Wire in, Wire out, Runnable onReset) {
    this.name = name;
    this.peer = peer;
    this.settings = settings;
    this.in = in;
    this.out = out;
    this.onReset = onReset;
    reader = StreamReader.of(new Source(), settings.charset, settings.lineLimit);
  }

  /** Two ends that are connected, without faults. */
  public static MemoryLink pair() {
    return MemorySettings.DEFAULT.open();
  }

  /** For connections with faults, with another charset, or with other limits. */
  public static MemorySettings settings() {
    return MemorySettings.DEFAULT;
  }

  @Override
  public StreamReader reader() {
    return reader;
  }

  @Override
  public Charset charset() {
    return settings.charset;
  }

  @Override
  public String lineEnd() {
    return settings.lineEnd;
  }

  /** Writes, and waits while there is no room for all of it. */
  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException, InterruptedException {
    requireNonNull(bytes, "bytes");
    Objects.checkFromIndexSize(offset, length, bytes.length);
    writing.acquire(1, TaskRuntime.NEVER);
    try {
      ensureWritable();
      if (!out.write(bytes, offset, length, onReset)) {
        ensureWritable();
      }
    } catch (StreamClosedException known) {
      throw known;
    } catch (IOException broken) {
      throw lost(broken);
    } catch (InterruptedException stopped) {
      shut("a write was cancelled in the middle");
      throw stopped;
    } finally {
      writing.release(1);
    }
  }

  @Override
  public void closeOutput() throws IOException, InterruptedException {
    if (outputClosed) {
      return;
    }
    writing.acquire(1, TaskRuntime.NEVER);
    try {
      ensureOpen();
      outputClosed = true;
      out.closeWriter();
    } finally {
      writing.release(1);
    }
  }

  @Override
  public boolean isOpen() {
    return closedBy.get() == null;
  }

  @Override
  public void close() {
    shut("it was closed");
  }

  @Override
  public String toString() {
    String reason = closedBy.get();
    return "MemoryConnection["
        + name
        + ", "
        + in.onTheWay()
        + " bytes on their way in, "
        + out.onTheWay()
        + " out"
        + (reason == null ? "]" : ", closed: " + reason + "]");
  }

  private void ensureOpen() throws StreamClosedException {
    String reason = closedBy.get();
    if (reason != null) {
      throw new StreamClosedException(
          "the connection to the " + peer + " is closed: " + reason + "; open another one", null);
    }
  }

  private void ensureWritable() throws StreamClosedException {
    ensureOpen();
    if (outputClosed) {
      throw new StreamClosedException(
          "the output of the connection to the " + peer + " is closed", null);
    }
  }

  private ConnectionLostException lost(IOException broken) {
    shut("it was lost");
    return new ConnectionLostException("the " + peer, broken);
  }

  private void shut(String reason) {
    if (closedBy.compareAndSet(null, reason)) {
      out.closeWriter();
      in.closeReader();
    }
  }

  private final class Source implements ByteSource {

    @Override
    public int read(byte[] into, int offset, int length) throws IOException, InterruptedException {
      Tandem.checkpoint();
      ensureOpen();
      try {
        int count = in.read(into, offset, length);
        if (count == Wire.CLOSED) {
          ensureOpen();
        }
        return count;
      } catch (StreamClosedException known) {
        throw known;
      } catch (IOException broken) {
        throw lost(broken);
      } catch (InterruptedException stopped) {
        shut("a read was cancelled in the middle");
        throw stopped;
      }
    }

    @Override
    public void ensureOpen() throws StreamClosedException {
      MemoryConnection.this.ensureOpen();
    }

    @Override
    public String toString() {
      return "the connection to the " + peer;
    }
  }
}
