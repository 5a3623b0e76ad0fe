package dev.tandem.samples.lab;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.tandem.interop.Futures;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.sshd.common.io.IoInputStream;
import org.apache.sshd.common.io.IoOutputStream;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.jspecify.annotations.Nullable;

/** The two ends of a channel, as a task reads and writes them. */
final class IosTerminal {

  /** There is nothing more to read. */
  static final int END = -1;

  private static final int READ_AT_ONCE = 1_024;

  private final IoInputStream in;
  private final IoOutputStream out;
  private ByteArrayBuffer typed = new ByteArrayBuffer();

  IosTerminal(IoInputStream in, IoOutputStream out) {
    this.in = in;
    this.out = out;
  }

  /** The next byte, or {@link #END}; waits for it. */
  int read() throws IOException, InterruptedException {
    if (typed.available() == 0 && !fill()) {
      return END;
    }
    return typed.getUByte();
  }

  /** Writes text with the line ends of a terminal, and waits until it is on its way. */
  void write(String text) throws IOException, InterruptedException {
    byte[] bytes = text.replace("\n", "\r\n").getBytes(US_ASCII);
    if (bytes.length == 0) {
      return;
    }
    var written = new CompletableFuture<@Nullable Void>();
    out.writeBuffer(new ByteArrayBuffer(bytes))
        .addListener(
            future -> {
              if (future.isWritten()) {
                written.complete(null);
              } else {
                written.completeExceptionally(hungUp(future.getException()));
              }
            });
    await(written);
  }

  private boolean fill() throws IOException, InterruptedException {
    var fresh = new ByteArrayBuffer(READ_AT_ONCE);
    var got = new CompletableFuture<Boolean>();
    in.read(fresh).addListener(future -> got.complete(future.getException() == null));
    boolean some = await(got);
    typed = fresh;
    return some && fresh.available() > 0;
  }

  private static <T extends @Nullable Object> T await(CompletableFuture<T> future)
      throws IOException, InterruptedException {
    try {
      return Futures.await(future);
    } catch (ExecutionException e) {
      throw hungUp(e.getCause());
    }
  }

  private static IOException hungUp(@Nullable Throwable cause) {
    return new IOException("the other side has gone", cause);
  }
}
