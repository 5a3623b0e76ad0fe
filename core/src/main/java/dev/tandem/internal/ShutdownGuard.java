package dev.tandem.internal;

import java.lang.System.Logger.Level;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Makes the end of the process wait until a program has cleaned up. The first Ctrl+C cancels the
 * program; a second one ends the process at once.
 */
public final class ShutdownGuard implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(ShutdownGuard.class.getName());
  private static final long REPORT_EVERY_SECONDS = 2;
  private static final int REPORTS = 5;
  private static final int EXIT_INTERRUPTED = 130;

  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook;
  private volatile Supplier<String> report = () -> "the program is still cleaning up";

  private ShutdownGuard(Runnable cancel) {
    hook = new Thread(() -> shutDown(cancel), "tandem-shutdown");
  }

  /** Starts guarding; {@code cancel} is called once, when the process is asked to end. */
  public static ShutdownGuard install(Runnable cancel) {
    var guard = new ShutdownGuard(cancel);
    Runtime.getRuntime().addShutdownHook(guard.hook);
    return guard;
  }

  /** What to say when the program takes long to clean up. */
  public void report(Supplier<String> words) {
    report = words;
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
      for (int i = 0; i < REPORTS; i++) {
        if (finished.await(REPORT_EVERY_SECONDS, TimeUnit.SECONDS)) {
          return;
        }
        LOG.log(Level.WARNING, report.get());
      }
    } catch (InterruptedException nobodyInterruptsHooks) {
      Thread.currentThread().interrupt();
    }
  }

  /** By name, because the compiler warns of every mention of the JDK's only signal API. */
  private static void endAtOnceOnSecondInterrupt() {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object halt =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                Runtime.getRuntime().halt(EXIT_INTERRUPTED);
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
