package dev.tandem.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A channel that runs one command and keeps what it writes. The engine's threads only copy bytes
 * into memory; the window is given back as they are taken, up to the limit.
 */
final class ExecChannel extends ChannelExec {

  private final SshTarget target;
  private final String command;
  private final long limit;
  private final ReentrantLock lock = new ReentrantLock();
  private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

  // Guarded by the lock.
  private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
  private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

  // Volatile: set by the engine's threads, read by whichever ends the channel.
  private volatile boolean closedByServer;

  ExecChannel(SshTarget target, String command, long limit) {
    super(command, StandardCharsets.UTF_8, null, null);
    this.target = target;
    this.command = command;
    this.limit = limit;
    setStreaming(Streaming.Async);
    addCloseFutureListener(closed -> conclude());
  }

  /** Completes when the command has ended and all it wrote has arrived. */
  CompletableFuture<@Nullable Void> ended() {
    return ended;
  }

  /** Why it could not begin. */
  void refused(String why, @Nullable Throwable cause) {
    ended.completeExceptionally(new CommandRefusedException(target, command, why, cause));
  }

  CommandResult result() {
    Integer status = getExitStatus();
    String signal = getExitSignal();
    lock.lock();
    try {
      return new CommandResult(
          target,
          command,
          stdout.toString(StandardCharsets.UTF_8),
          stderr.toString(StandardCharsets.UTF_8),
          status == null ? OptionalInt.empty() : OptionalInt.of(status),
          Optional.ofNullable(signal));
    } finally {
      lock.unlock();
    }
  }

  @Override
  protected void doWriteData(byte[] data, int offset, long length) throws IOException {
    keep(stdout, data, offset, length);
  }

  @Override
  protected void doWriteExtendedData(byte[] data, int offset, long length) throws IOException {
    keep(stderr, data, offset, length);
  }

  @Override
  public void handleSuccess() throws IOException {
    super.handleSuccess();
    // Nobody will write to the command; one that reads must not wait for it.
    sendEof();
  }

  @Override
  public void handleFailure() {
    refused("it answered the request with a failure", null);
    close(false);
  }

  @Override
  public void handleOpenFailure(Buffer buffer) {
    int start = buffer.rpos();
    int reason = buffer.getInt();
    String words = buffer.getString();
    buffer.rpos(start);
    refused("no channel: " + words + " (" + SshConstants.getOpenErrorCodeName(reason) + ")", null);
    super.handleOpenFailure(buffer);
  }

  @Override
  public void handleClose() throws IOException {
    closedByServer = true;
    super.handleClose();
  }

  private void keep(ByteArrayOutputStream into, byte[] data, int offset, long length)
      throws IOException {
    if (isClosing()) {
      return;
    }
    boolean fits;
    lock.lock();
    try {
      fits = (long) stdout.size() + stderr.size() + length <= limit;
      if (fits) {
        into.write(data, offset, Math.toIntExact(length));
      }
    } finally {
      lock.unlock();
    }
    if (fits) {
      getLocalWindow().release(length);
    } else {
      ended.completeExceptionally(new OutputTooLargeException(target, command, limit));
      close(false);
    }
  }

  private void conclude() {
    if (closedByServer) {
      ended.complete(null);
    } else {
      ended.completeExceptionally(
          new SshConnectionLostException(
              target, "the connection was lost before '" + command + "' ended", null));
    }
  }
}
