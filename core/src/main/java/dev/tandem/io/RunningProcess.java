package dev.tandem.io;

import static java.util.Objects.requireNonNull;

import dev.tandem.flow.AsyncIterator;
import dev.tandem.internal.Durations;
import dev.tandem.internal.TaskRuntime;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A process that was started and goes on; made by {@link Subprocess#start}.
 *
 * <pre>{@code
 * try (var log = Subprocess.of("journalctl", "-f").start();
 *     var lines = log.lines()) {
 *   for (String line : lines) {
 *     println(line);
 *   }
 * }
 * }</pre>
 *
 * <p>Closing it ends the process and all that came of it, if it still runs: they are asked, then,
 * after the grace, killed; {@link Subprocess} says who is found. It returns when they are gone and
 * no pipe and no thread is left. If nobody closes it, leaving the scope does in which it was
 * started.
 *
 * <p><b>Cancellation.</b> A wait for it, a read or a write that is cancelled or times out did not
 * happen: no byte is lost, the process goes on, and whoever asks again has it.
 */
public final class RunningProcess implements AutoCloseable {

  private final Supervision supervision;
  private final @Nullable StreamReader stdout;
  private final @Nullable StreamReader stderr;
  private final @Nullable ProcessWriter stdin;

  RunningProcess(Supervision supervision) {
    this.supervision = supervision;
    stdout = reader(supervision.stdoutConduit, "the output of ");
    stderr = reader(supervision.stderrConduit, "the errors of ");
    Conduit in = supervision.stdinConduit;
    Subprocess settings = supervision.settings;
    stdin = in == null ? null : new ProcessWriter(settings.toString(), settings.charset, in);
  }

  /**
   * Its output.
   *
   * @throws IllegalStateException when that goes elsewhere
   */
  public StreamReader stdout() {
    return present(stdout, "its output goes elsewhere; leave stdout as it is, or give it pipe()");
  }

  /**
   * Its errors.
   *
   * @throws IllegalStateException when those are not piped; they are not by default
   */
  public StreamReader stderr() {
    return present(stderr, "its errors are not for reading; use stderr(ProcessOutput.pipe())");
  }

  /**
   * Its input.
   *
   * @throws IllegalStateException when that is not piped; it is not by default
   */
  public ProcessWriter stdin() {
    return present(stdin, "its input is not for writing; use stdin(ProcessInput.pipe())");
  }

  /** The lines of its output as they come, see {@link StreamReader#lines}. */
  public AsyncIterator<String> lines() throws IOException, InterruptedException {
    return stdout().lines();
  }

  /**
   * Waits until the process itself has ended. Who has not read its output can still do so.
   *
   * @return its status; where a signal ended it, 128 and the signal's number
   */
  public int waitFor() throws InterruptedException {
    Outside.<Boolean>await(() -> supervision.exited().await(TaskRuntime.NEVER));
    return supervision.process.exitValue();
  }

  /**
   * Like {@link #waitFor()}, but not longer than {@code atMost}, in real time.
   *
   * @return its status; empty when it has not ended by then
   * @throws IllegalArgumentException when {@code atMost} is not longer than zero
   */
  public OptionalInt waitFor(Duration atMost) throws InterruptedException {
    Durations.positive(atMost, "atMost");
    boolean ended = Outside.await(supervision.exited(), atMost);
    return ended ? exitStatus() : OptionalInt.empty();
  }

  /**
   * Waits until the process has ended, and fails unless its status is 0, or if the lines that it
   * was to read failed, with what those threw.
   *
   * @throws SubprocessFailedException when it is another; with the end of its errors
   */
  public void check() throws IOException, InterruptedException {
    int status = waitFor();
    throwInputFailure();
    if (status != 0) {
      supervision.awaitErrors();
      throw new SubprocessFailedException(supervision.settings.toString(), status, errorTail());
    }
  }

  /** The end of what it wrote to its errors; empty when they are not captured. */
  public String errorTail() {
    return new String(supervision.capturedErrors.bytes(), supervision.settings.charset);
  }

  /** Its number. */
  public long pid() {
    return supervision.process.pid();
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return supervision.process.isAlive();
  }

  /** Its status; empty while it runs. */
  public OptionalInt exitStatus() {
    return isAlive() ? OptionalInt.empty() : OptionalInt.of(supervision.process.exitValue());
  }

  /** Asks the process, and it alone, to end (SIGTERM), and does not wait for that. */
  public void terminate() {
    supervision.process.destroy();
  }

  /** Ends the process, and it alone (SIGKILL), and does not wait for that. */
  public void kill() {
    supervision.process.destroyForcibly();
  }

  /**
   * Sends it a signal, by means of the program {@code kill}.
   *
   * @param name as {@code kill -s} knows it, for example HUP or USR1
   * @return false when it has ended
   * @throws IllegalArgumentException when {@code name} is no word of capitals and digits
   * @throws SubprocessFailedException when there is no such signal
   */
  public boolean signal(String name) throws IOException, InterruptedException {
    requireNonNull(name, "name");
    if (name.isEmpty()
        || !name.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) {
      throw new IllegalArgumentException(
          "a signal's name is like HUP or USR1, in capitals, but was '" + name + "'");
    }
    if (!isAlive()) {
      return false;
    }
    ProcessResult sent = Subprocess.of("kill", "-s", name, Long.toString(pid())).run();
    // The system knows of the end a moment before the JDK does.
    if (!sent.isSuccess() && !supervision.process.toHandle().isAlive()) {
      return false;
    }
    sent.check();
    return true;
  }

  /** Ends it and all that came of it, unless it has ended; waits for that. */
  @Override
  public void close() {
    supervision.close();
  }

  @Override
  public String toString() {
    OptionalInt status = exitStatus();
    return "RunningProcess["
        + supervision.settings
        + ", process "
        + pid()
        + (status.isPresent() ? ", ended with status " + status.getAsInt() + "]" : ", running]");
  }

  /** What the lines threw that it was to read is nobody else's. */
  private void throwInputFailure() throws IOException {
    Throwable ofTheLines = supervision.inputFailure();
    switch (ofTheLines) {
      case null -> {}
      case RuntimeException failure -> throw failure;
      case Error failure -> throw failure;
      case Throwable other ->
          throw new IOException("what " + supervision.settings + " was to read failed", other);
    }
  }

  /** Waits for the end of everything, and tells how it was. */
  ProcessResult awaitResult() throws IOException, InterruptedException {
    Outside.<Boolean>await(() -> supervision.over().await(TaskRuntime.NEVER));
    throwInputFailure();
    Subprocess settings = supervision.settings;
    return new ProcessResult(
        settings.toString(),
        supervision.process.exitValue(),
        supervision.capturedOutput,
        supervision.capturedErrors,
        settings.charset,
        supervision.isCutOff());
  }

  private @Nullable StreamReader reader(@Nullable Conduit conduit, String what) {
    Subprocess settings = supervision.settings;
    return conduit == null
        ? null
        : new StreamReader(
            new ConduitSource(conduit, supervision, what + settings),
            settings.charset,
            settings.lineLimit);
  }

  private <T> T present(@Nullable T stream, String advice) {
    if (stream == null) {
      throw new IllegalStateException(supervision.settings + ": " + advice);
    }
    return stream;
  }
}
