package dev.tandem.io;

import dev.tandem.Tandem;
import dev.tandem.internal.AttachedGroup;
import dev.tandem.internal.Awaited;
import dev.tandem.internal.Context;
import dev.tandem.internal.Durations;
import dev.tandem.internal.Latch;
import dev.tandem.internal.RealRuntime;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything about one process: its pipes, who watches it, and how it is ended. */
final class Supervision extends AttachedGroup {

  /*
   * A keeper on a thread of its own waits for the process, then for the pumps, and opens the second
   * latch. Whoever closes early starts an ender, on another thread of its own, which asks and then
   * kills, and waits for the keeper. Both are on real time and outside of every scope: nothing that
   * is cancelled keeps them from their work. The tasks of the program only wait for latches.
   */

  private static final System.Logger LOG = System.getLogger("dev.tandem.io");

  private static final Duration LOOK_AGAIN = Duration.ofMillis(5);
  private static final Duration LOOK_SELDOM = Duration.ofMillis(100);

  /** Output that nobody reads is waited for so many times the drain, even if more comes. */
  private static final int DRAINS_AT_MOST = 5;

  final Subprocess settings;
  final Process process;
  private final Plumbing plumbing;
  private final ProcessTree tree;
  private final List<OutputPump> outputs = new ArrayList<>(2);
  private @Nullable InputPump inputPump;
  private @Nullable OutputPump errorPump;
  private final Latch exited = new Latch(this::awaited);
  private final Latch over = new Latch(this::awaited);

  final Captured capturedOutput;
  final Captured capturedErrors;
  @Nullable Conduit stdinConduit;
  @Nullable Conduit stdoutConduit;
  @Nullable Conduit stderrConduit;

  // Volatile: written by the keeper or the ender, read by anybody.
  private volatile boolean cutOff;
  private volatile boolean ended;
  private volatile boolean stopping;

  private Supervision(
      Subprocess settings,
      Process process,
      Plumbing plumbing,
      boolean leadsSession,
      boolean streams,
      @Nullable Context context) {
    super(context);
    this.settings = settings;
    this.process = process;
    this.plumbing = plumbing;
    tree = new ProcessTree(process.toHandle(), leadsSession);
    capturedOutput = new Captured(settings.captureLimit, false);
    capturedErrors =
        streams
            ? new Captured(Defaults.ERROR_TAIL, true)
            : new Captured(settings.captureLimit, false);
  }

  private Awaited awaited() {
    return Awaited.of("process").named(settings.command.getFirst()).in("pid " + process.pid());
  }

  /**
   * Starts a process.
   *
   * @param streams whether the output that is captured by default is for reading
   */
  static Supervision start(Subprocess settings, boolean streams)
      throws IOException, InterruptedException {
    Tandem.checkpoint();
    requireDirectory(settings);
    var builder = new ProcessBuilder();
    settings.environment.applyTo(builder.environment());
    if (settings.directory != null) {
      builder.directory(settings.directory.toFile());
    }
    var command = new ArrayList<>(settings.command);
    command.set(
        0,
        Executables.find(
            command.getFirst(), builder.environment().get("PATH"), settings.directory));
    String setsid = wantsSession(settings) ? Executables.setsid() : null;
    if (setsid != null) {
      command.addFirst(setsid);
    }
    builder.command(command);
    return start(settings, builder, setsid != null, streams);
  }

  private static Supervision start(
      Subprocess settings, ProcessBuilder builder, boolean leadsSession, boolean streams)
      throws IOException, InterruptedException {
    Plumbing plumbing = null;
    boolean done = false;
    try {
      plumbing = Plumbing.lay(settings);
      plumbing.connect(builder, settings);
      Process process = builder.start();
      plumbing.handedOver();
      var supervision =
          new Supervision(settings, process, plumbing, leadsSession, streams, Context.current());
      supervision.begin(streams);
      done = true;
      return supervision;
    } catch (IOException failed) {
      Tandem.checkpoint();
      throw cannotStart(settings, reason(failed), failed);
    } finally {
      if (!done && plumbing != null) {
        plumbing.close();
      }
    }
  }

  private static void requireDirectory(Subprocess settings) throws IOException {
    Path directory = settings.directory;
    if (directory == null || Files.isDirectory(directory)) {
      return;
    }
    String name = directory.toString();
    throw Files.exists(directory)
        ? cannotStart(settings, name + " is not a directory", new NotDirectoryException(name))
        : cannotStart(
            settings, "directory " + name + " does not exist", new NoSuchFileException(name));
  }

  private static IOException cannotStart(Subprocess settings, String why, IOException cause) {
    return new IOException("cannot start " + settings + ": " + why, cause);
  }

  /** Without what the JDK says first: the program it started, which may be setsid. */
  private static String reason(IOException failed) {
    Throwable cause = failed.getCause();
    return String.valueOf((cause == null ? failed : cause).getMessage());
  }

  private static boolean wantsSession(Subprocess settings) {
    return settings.ownSession
        && settings.stdin.kind != ProcessInput.Kind.INHERIT
        && settings.stdout.kind != ProcessOutput.Kind.INHERIT
        && settings.stderr.kind != ProcessOutput.Kind.INHERIT;
  }

  private void begin(boolean streams) {
    attach();
    if (settings.stdout.isPiped()) {
      if (settings.stdout.kind == ProcessOutput.Kind.PIPE || streams) {
        stdoutConduit = new Conduit();
        add(OutputPump.into(plumbing.stdout(process), stdoutConduit));
      } else {
        add(OutputPump.into(plumbing.stdout(process), capturedOutput));
      }
    }
    if (settings.stderr.isPiped()) {
      if (settings.stderr.kind == ProcessOutput.Kind.PIPE) {
        stderrConduit = new Conduit();
        add(OutputPump.into(plumbing.stderr(process), stderrConduit));
      } else {
        OutputPump pump = OutputPump.into(plumbing.stderr(process), capturedErrors);
        errorPump = pump;
        add(pump);
      }
    }
    if (settings.stdin.isPiped()) {
      InputPump pump = inputPump();
      inputPump = pump;
      plumbing.start(pump);
    }
    Outside.start(this::keep);
  }

  private void add(OutputPump pump) {
    outputs.add(pump);
    plumbing.start(pump);
  }

  private InputPump inputPump() {
    var to = plumbing.stdin(process);
    if (settings.stdin.bytes != null) {
      Iterator<byte[]> once = List.of(settings.stdin.bytes).iterator();
      return new InputPump(to, () -> once.hasNext() ? once.next() : null, () -> {});
    }
    if (settings.stdin.lines != null) {
      Iterable<String> lines = settings.stdin.lines;
      return new InputPump(to, new LineChunks(lines, settings.charset), () -> {});
    }
    var conduit = new Conduit();
    stdinConduit = conduit;
    return new InputPump(to, conduit::take, conduit::close);
  }

  /** The latch that opens when the process itself has ended. */
  Latch exited() {
    return exited;
  }

  /** The latch that opens when everything has ended. */
  Latch over() {
    return over;
  }

  boolean isCutOff() {
    return cutOff;
  }

  /** Whether it was closed on this side. */
  boolean isEnded() {
    return ended;
  }

  @Nullable Throwable inputFailure() {
    InputPump pump = inputPump;
    return pump == null ? null : pump.failure();
  }

  /** Waits until the errors are complete, as far as they are captured and not held open. */
  void awaitErrors() throws InterruptedException {
    OutputPump errors = errorPump;
    if (errors != null) {
      Outside.await(errors.ended, settings.drain);
    }
  }

  @Override
  protected void end() {
    ended = true;
    if (!over.isOpen()) {
      stopReading();
      stopping = true;
      Outside.start(this::stop);
      Outside.awaitWhateverComes(over);
    }
    stopReading();
  }

  /**
   * Nobody reads any more what the process writes; it is read all the same, or it could not end.
   */
  private void stopReading() {
    for (Conduit conduit : new @Nullable Conduit[] {stdoutConduit, stderrConduit}) {
      if (conduit != null) {
        conduit.close();
      }
    }
  }

  private void keep() {
    try {
      process.waitFor();
      exited.open();
      long exit = RealRuntime.INSTANCE.now();
      for (OutputPump pump : outputs) {
        drain(pump, exit);
      }
      endInput();
    } catch (InterruptedException nobodyInterruptsThis) {
      throw new AssertionError(nobodyInterruptsThis);
    } finally {
      conclude();
    }
  }

  /** Waits until a pump has ended, or waits for somebody who is silent. */
  private void drain(OutputPump pump, long exit) throws InterruptedException {
    long patience = Durations.notNegative(settings.drain, "drain");
    Duration look = LOOK_AGAIN;
    while (!pump.ended.await(Outside.realDeadline(look))) {
      long sinceExit = RealRuntime.INSTANCE.now() - exit;
      boolean silent = Math.min(pump.waitingFor(), sinceExit) > patience;
      boolean endless = !pump.isForReading() && sinceExit / DRAINS_AT_MOST > patience;
      if ((silent || endless) && !stopping) {
        cutOff = true;
        pump.abort();
        return;
      }
      look = seldomer(look);
    }
  }

  /** What the process was to read is closed before it counts as over, unless that takes long. */
  private void endInput() throws InterruptedException {
    InputPump pump = inputPump;
    if (pump != null) {
      pump.abort();
      pump.ended.await(Outside.realDeadline(Defaults.INPUT_CLOSES));
    }
  }

  private void conclude() {
    for (OutputPump pump : outputs) {
      pump.abort();
    }
    if (inputPump != null) {
      inputPump.abort();
    }
    plumbing.close();
    over.open();
  }

  private void stop() {
    try {
      tree.terminate();
      // Killed again and again: those that fork may leave children that were not seen.
      if (!awaitEndOfTree(settings.grace, () -> {})
          && !awaitEndOfTree(Defaults.KILLED, tree::kill)) {
        LOG.log(Level.WARNING, "{0}, process {1}, was killed and goes on", settings, pid());
      }
      // Those of the tree that are gone hold nothing open; who else may is not waited for.
      over.await(Outside.realDeadline(LOOK_AGAIN.multipliedBy(2)));
    } catch (InterruptedException nobodyInterruptsThis) {
      throw new AssertionError(nobodyInterruptsThis);
    } finally {
      conclude();
    }
  }

  private boolean awaitEndOfTree(Duration atMost, Runnable beforeEachLook)
      throws InterruptedException {
    long deadline = Outside.realDeadline(atMost);
    Duration look = LOOK_AGAIN;
    while (true) {
      beforeEachLook.run();
      if (exited.isOpen() && !tree.isAlive()) {
        return true;
      }
      long now = RealRuntime.INSTANCE.now();
      if (now >= deadline) {
        return false;
      }
      if (exited.isOpen()) {
        Tandem.sleep(look);
      } else {
        exited.await(Math.min(deadline, Outside.realDeadline(look)));
      }
      look = seldomer(look);
    }
  }

  private static Duration seldomer(Duration look) {
    return look.compareTo(LOOK_SELDOM) < 0 ? look.multipliedBy(2) : LOOK_SELDOM;
  }

  private String pid() {
    return Long.toString(process.pid());
  }
}
