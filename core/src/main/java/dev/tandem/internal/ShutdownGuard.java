package dev.tandem.internal;

import java.lang.System.Logger.Level;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Makes the end of the process wait until a program has cleaned up, however long that takes, and
 * tells meanwhile what still runs, less and less often. The first Ctrl+C cancels the program; a
 * second one says what still runs and ends the process at once.
 *
 * <p>A task that calls {@code System.exit} waits for this guard, which waits for the task: when
 * nobody else has anything left to do, the guard lets the process go.
 */
public final class ShutdownGuard implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(ShutdownGuard.class.getName());
  private static final long LOOK_EVERY_MILLIS = 20;
  private static final int LOOKS_BEFORE_FIRST_REPORT = 100;
  private static final int MOST_LOOKS_BETWEEN_REPORTS = 15_000;
  private static final int EXIT_INTERRUPTED = 130;

  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook;
  private final Group program;
  private final Supplier<String> report;

  private ShutdownGuard(Group program, Runnable cancel, Supplier<String> report) {
    this.program = program;
    this.report = report;
    hook = new Thread(() -> shutDown(cancel), "tandem-shutdown");
  }

  /**
   * Starts guarding.
   *
   * @param program the root of what is to be cleaned up
   * @param cancel called once, when the process is asked to end
   * @param report what to say when the program takes long to clean up
   */
  public static ShutdownGuard install(Group program, Runnable cancel, Supplier<String> report) {
    var guard = new ShutdownGuard(program, cancel, report);
    try {
      Runtime.getRuntime().addShutdownHook(guard.hook);
    } catch (IllegalStateException alreadyShuttingDown) {
      // Too late to be waited for; what runs is told at once.
      cancel.run();
    }
    return guard;
  }

  @Override
  public void close() {
    finished.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyShuttingDown) {
      // The hook is running and has just been told that it may go on.
    }
  }

  private void shutDown(Runnable cancel) {
    endAtOnceOnSecondInterrupt();
    cancel.run();
    try {
      awaitCleanup();
    } catch (InterruptedException nobodyInterruptsHooks) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitCleanup() throws InterruptedException {
    int pause = LOOKS_BEFORE_FIRST_REPORT;
    int left = pause;
    while (!finished.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)
        && !Exits.isAllThatIsLeft(program)) {
      left--;
      if (left == 0) {
        sayThatItIsWaitedFor();
        pause = Math.min(2 * pause, MOST_LOOKS_BETWEEN_REPORTS);
        left = pause;
      }
    }
  }

  private void sayThatItIsWaitedFor() {
    try {
      say("still cleaning up; press Ctrl+C again to end it at once");
    } catch (RuntimeException | Error ofTheReport) {
      // Untold, but waited for.
      Thread.yield();
    }
  }

  /** To standard error, because logging may have been shut down already. */
  @SuppressWarnings("SystemOut")
  private void say(String what) {
    System.err.println("tandem: " + what + "\n" + report.get());
    System.err.flush();
  }

  /** By name, because the compiler warns of every mention of the JDK's only signal API. */
  private void endAtOnceOnSecondInterrupt() {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object halt =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                try {
                  say("ended at once, with this still running:");
                } finally {
                  Runtime.getRuntime().halt(EXIT_INTERRUPTED);
                }
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("INT"), halt);
    } catch (ReflectiveOperationException notOnThisPlatform) {
      LOG.log(Level.DEBUG, "a second Ctrl+C will not be seen", notOnThisPlatform);
    }
  }
}
