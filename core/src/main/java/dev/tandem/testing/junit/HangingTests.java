package dev.tandem.testing.junit;

import dev.tandem.inspect.TaskTree;
import dev.tandem.internal.Durations;
import dev.tandem.internal.Errands;
import dev.tandem.internal.RealRuntime;
import dev.tandem.internal.TaskRuntime;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Shows what runs, and who waits for whom, when a test takes long in real time.
 *
 * <pre>{@code
 * @ExtendWith(HangingTests.class)
 * final class ImportTest { … }
 * }</pre>
 *
 * <p>A test that has run for half a minute has the {@linkplain TaskTree tree of tasks} printed to
 * standard error, and again each time it has run twice as long. It is not ended; that is what
 * JUnit's own {@code @Timeout} is for. {@code -Dtandem.hang.seconds} says after how many seconds it
 * is printed first. To have it for all tests, register it by JUnit's automatic detection of
 * extensions.
 *
 * <p>What runs in virtual time is shown by its own limit of real time.
 */
public final class HangingTests implements BeforeEachCallback, AfterEachCallback {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(HangingTests.class);
  private static final int FIRST_AFTER_SECONDS = 30;

  /** For JUnit. */
  public HangingTests() {}

  @Override
  public void beforeEach(ExtensionContext context) {
    int seconds = Math.max(1, Integer.getInteger("tandem.hang.seconds", FIRST_AFTER_SECONDS));
    var look = new Look(context.getDisplayName(), Duration.ofSeconds(seconds));
    context.getStore(NAMESPACE).put(Look.class, look);
    look.later();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Look look = context.getStore(NAMESPACE).remove(Look.class, Look.class);
    if (look != null) {
      look.stop();
    }
  }

  /** Looks whether a test still runs. */
  private static final class Look implements Runnable {

    private static final TaskRuntime REAL = RealRuntime.INSTANCE;

    private final String test;
    private final long start = REAL.now();
    private long after;

    // Volatile: armed by one look after another, stopped by the test's thread.
    private volatile TaskRuntime.@Nullable Timer timer;
    private volatile boolean over;

    Look(String test, Duration first) {
      this.test = test;
      after = first.toNanos();
    }

    void later() {
      timer = REAL.schedule(Durations.after(start, after), this);
      if (over) {
        stop();
      }
    }

    void stop() {
      over = true;
      TaskRuntime.Timer armed = timer;
      if (armed != null) {
        armed.cancel();
      }
    }

    @Override
    public void run() {
      // On another thread than that of the timers: to look at everything takes its time.
      Errands.run(this::tell);
    }

    private void tell() {
      if (!over) {
        long seconds = Duration.ofNanos(REAL.now() - start).toSeconds();
        System.err.println(
            test + " has run for " + seconds + " s:\n" + TaskTree.live().text().stripTrailing());
        after *= 2;
        later();
      }
    }
  }
}
