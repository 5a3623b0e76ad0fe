package dev.tandem.io;

import dev.tandem.internal.PlatformThreads;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The pipes between a process and the program: made before it starts, in pumps afterwards. */
final class Plumbing {

  /*
   * Where pipes have names, the process is given ends of ours; see HostPipe. Elsewhere it is given
   * the JDK's own, which are read and written by platform threads, as nothing but the end of the
   * process and its children ends a read in one.
   */

  private static final Executor PLATFORM = PlatformThreads.fresh("tandem-process");

  private final @Nullable HostPipe in;
  private final @Nullable HostPipe out;
  private final @Nullable HostPipe err;
  private final boolean named;

  private Plumbing(
      @Nullable HostPipe in, @Nullable HostPipe out, @Nullable HostPipe err, boolean named) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.named = named;
  }

  /** Pipes for those of the three streams that need one. */
  static Plumbing lay(Subprocess settings) throws IOException {
    HostPipe in = null;
    HostPipe out = null;
    HostPipe err = null;
    boolean named = settings.usesNamedPipes;
    boolean done = false;
    try {
      if (named && settings.stdin.isPiped()) {
        in = HostPipe.open();
        named = in != null;
      }
      if (named && settings.stdout.isPiped()) {
        out = HostPipe.open();
        named = out != null;
      }
      if (named && settings.stderr.isPiped()) {
        err = HostPipe.open();
        named = err != null;
      }
      done = named;
      return done ? new Plumbing(in, out, err, true) : new Plumbing(null, null, null, false);
    } finally {
      if (!done) {
        new Plumbing(in, out, err, true).close();
      }
    }
  }

  /** Tells the builder where its streams lead. */
  void connect(ProcessBuilder builder, Subprocess settings) {
    builder.redirectInput(Redirects.of(settings.stdin, in));
    builder.redirectOutput(Redirects.of(settings.stdout, out));
    if (settings.stderr.kind == ProcessOutput.Kind.MERGE) {
      builder.redirectErrorStream(true);
    } else {
      builder.redirectError(Redirects.of(settings.stderr, err));
    }
  }

  /** The process has its ends; ours are closed, or the end would never come. */
  void handedOver() {
    closeQuietly(in == null ? null : in.source());
    closeQuietly(out == null ? null : out.sink());
    closeQuietly(err == null ? null : err.sink());
  }

  ReadableByteChannel stdout(Process process) {
    return out == null ? Channels.newChannel(process.getInputStream()) : out.source();
  }

  ReadableByteChannel stderr(Process process) {
    return err == null ? Channels.newChannel(process.getErrorStream()) : err.source();
  }

  WritableByteChannel stdin(Process process) {
    return in == null ? new Unbuffered(process.getOutputStream()) : in.sink();
  }

  /** Runs a pump on a thread that can be stopped, if there is such a one. */
  void start(Runnable pump) {
    if (named) {
      Outside.start(pump);
    } else {
      PLATFORM.execute(pump);
    }
  }

  /** Closes all ends. */
  void close() {
    for (HostPipe pipe : new @Nullable HostPipe[] {in, out, err}) {
      if (pipe != null) {
        closeQuietly(pipe.source());
        closeQuietly(pipe.sink());
      }
    }
  }

  /** The JDK's stream to a process keeps what it is given until it is told to flush. */
  private record Unbuffered(OutputStream stream) implements WritableByteChannel {

    @Override
    public int write(ByteBuffer from) throws IOException {
      byte[] bytes = new byte[from.remaining()];
      from.get(bytes);
      stream.write(bytes);
      stream.flush();
      return bytes.length;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }

  private static void closeQuietly(@Nullable Channel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // It is closed all the same.
      }
    }
  }
}
