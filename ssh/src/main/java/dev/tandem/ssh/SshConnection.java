package dev.tandem.ssh;

import static java.util.Objects.requireNonNull;

import dev.tandem.interop.Futures;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.sshd.client.future.OpenFuture;
import org.jspecify.annotations.Nullable;

/**
 * A connection to one server, logged in. It may run many commands, also several at once, each on a
 * channel of its own, from any thread.
 *
 * <pre>{@code
 * try (SshConnection router = client.connect("r1.example", "backup", credentials)) {
 *   String config = router.run("show running-config").check().stdout();
 * }
 * }</pre>
 */
public final class SshConnection implements AutoCloseable {

  private final AsyncSshClient client;
  private final EngineSession session;
  private final SshTarget target;
  private final Limits limits;

  SshConnection(AsyncSshClient client, EngineSession session, SshTarget target, Limits limits) {
    this.client = client;
    this.session = session;
    this.target = target;
    this.limits = limits;
  }

  /**
   * Runs a command and waits for its end. The command's input is empty.
   *
   * <p><b>Cancellation.</b> The wait ends at once and the command's channel is closed, which tells
   * the server to stop it; the connection and its other commands go on.
   *
   * @return what it wrote and how it ended; see {@link CommandResult#check} for exit statuses
   * @throws CommandRefusedException when the server would not run it
   * @throws OutputTooLargeException when it wrote more than the client's output limit
   * @throws SshTimeoutException when it took longer than the client's command timeout
   * @throws SshConnectionLostException when the connection ended first
   * @throws IllegalArgumentException when the command is empty
   * @throws InterruptedException when cancelled or interrupted
   */
  public CommandResult run(String command) throws SshException, InterruptedException {
    checked(command);
    Duration limit = limits.timeouts().command().orElse(null);
    return limit == null ? execute(command) : run(command, limit);
  }

  /**
   * Like {@link #run(String)}, with a time limit of its own instead of the client's.
   *
   * @throws IllegalArgumentException when the limit is not longer than zero
   */
  public CommandResult run(String command, Duration limit)
      throws SshException, InterruptedException {
    checked(command);
    SshTimeouts.positive(limit, "limit");
    return Phases.limit(
        target, SshPhase.COMMAND, "the command '" + command + "'", limit, () -> execute(command));
  }

  /** Where this leads. */
  public SshTarget target() {
    return target;
  }

  /** False when either side has closed the connection, or it was lost. */
  public boolean isOpen() {
    return session.isOpen();
  }

  /**
   * Closes the connection: politely for up to a second, then in any case. Commands that still run
   * end in {@link SshConnectionLostException}. When cancelled or interrupted it closes at once, and
   * leaves the thread's interrupt set. Further calls do nothing.
   */
  @Override
  public void close() {
    client.forget(this);
    Closing.close(session);
  }

  /** Asks for the end without waiting for it. */
  void beginClose() {
    session.close(false);
  }

  @Override
  public String toString() {
    return "SshConnection[" + target + (isOpen() ? "]" : ", closed]");
  }

  private static void checked(String command) {
    if (requireNonNull(command, "command").isEmpty()) {
      throw new IllegalArgumentException("command must not be empty");
    }
  }

  private CommandResult execute(String command) throws SshException, InterruptedException {
    var channel = new ExecChannel(target, command, limits.outputBytes());
    OpenFuture opening = null;
    boolean ended = false;
    try {
      session.register(channel);
      opening = channel.open();
      Futures.await(channel.ended());
      ended = true;
      return channel.result();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof SshException ours ? ours : lost(command, e.getCause());
    } catch (IOException | IllegalStateException e) {
      throw lost(command, e);
    } finally {
      if (!ended) {
        abandon(channel, opening);
      }
    }
  }

  private SshException lost(String command, @Nullable Throwable cause) {
    return new SshConnectionLostException(
        target, "the connection is closed; '" + command + "' was not run to its end", cause);
  }

  /** Asks the server to stop the command, without waiting for its answer. */
  private static void abandon(ExecChannel channel, @Nullable OpenFuture opening) {
    // While it is being opened it can be cancelled, and closes itself when the server has answered.
    if (opening == null || opening.cancel() == null) {
      channel.close(false);
    }
  }
}
