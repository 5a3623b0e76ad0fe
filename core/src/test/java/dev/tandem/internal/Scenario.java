package dev.tandem.internal;

import dev.tandem.Stress;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.Lincheck;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;

/**
 * A small concurrent program whose assertions hold however its threads interleave. Lincheck tries
 * the interleavings one by one; the same program runs free as a stress test as well.
 *
 * <p>What the threads share must be a field of the scenario: the model checker takes an object that
 * only lambdas have captured for one of a single thread, and does not switch threads at its fields.
 */
public abstract class Scenario {

  /** How many interleavings are tried. */
  public static final int MODELLED = Integer.getInteger("tandem.lincheck.invocations", 150);

  /** How many random scenarios of a data structure are tried, each with its interleavings. */
  public static final int SCENARIOS = Integer.getInteger("tandem.lincheck.scenarios", 10);

  // Makes the model checker see that the scenario, and what hangs on it, is shared.
  @SuppressWarnings("unused")
  private static volatile Scenario shared;

  /** The clock and the threads of the scenario. */
  protected final ModelRuntime runtime = new ModelRuntime();

  // Plain fields, for every step of a collection is one more interleaving to try.
  private @Nullable Thread first;
  private @Nullable Thread second;
  private volatile @Nullable Throwable failure;
  private final AtomicInteger running = new AtomicInteger();

  /** The part of the calling thread, in a context of its own; starts the others. */
  protected abstract void run(Context context) throws Throwable;

  /** What holds when every thread has ended; the calling thread is in no scope any more. */
  protected void verify() throws Throwable {}

  /** A place where the model checker lets other threads go first; there are others. */
  protected final void anyoneMayGoFirst() {
    running.get();
  }

  /** Runs something on a thread of its own from now on. */
  protected final Thread start(Executable part) {
    Thread other = new Thread(() -> guarded(part));
    if (first == null) {
      first = other;
    } else if (second == null) {
      second = other;
    } else {
      throw new AssertionError("two others are as many as a model checker gets through");
    }
    running.incrementAndGet();
    other.start();
    return other;
  }

  private void guarded(Executable part) {
    try {
      part.execute();
    } catch (Throwable thrown) {
      failure = thrown;
    } finally {
      running.decrementAndGet();
    }
  }

  private void playOnce() throws Throwable {
    shared = this;
    lookAtTasksWhileThereAreNone();
    Context.callOn(
        runtime,
        context -> {
          run(context);
          return 0;
        });
    awaitOthers();
    Throwable elsewhere = failure;
    if (elsewhere != null) {
      throw elsewhere;
    }
    verify();
  }

  /**
   * Before each interleaving the model checker takes every collection that a static field refers
   * to, and all that can be reached from it, back to what it was when first read. From the table of
   * tasks, with a task in it, that is nearly everything there is. Whether it is empty when first
   * read would depend on the numbers of threads, so it is read here, for none of the tasks in it.
   */
  private static void lookAtTasksWhileThereAreNone() {
    TaskContexts.addSome(new ArrayList<>(), 0);
  }

  /** Waits without a wait, which an interrupt that is on its way would end. */
  protected final void awaitOthers() throws InterruptedException {
    while (running.get() > 0) {
      Thread.onSpinWait();
    }
    boolean interrupted = Thread.interrupted();
    join(first);
    join(second);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void join(@Nullable Thread other) throws InterruptedException {
    if (other != null) {
      other.join();
    }
  }

  /** Plays it once, on the current thread and those it starts. */
  public final void play() {
    try {
      playOnce();
    } catch (Throwable thrown) {
      throw new AssertionError(thrown);
    }
  }

  /** How a scenario is run. */
  public enum Way {
    /** The interleavings one by one; how many, {@code -Dtandem.lincheck.invocations} says. */
    MODEL {
      @Override
      public void check(Runnable play) {
        Lincheck.runConcurrentTest(MODELLED, play);
      }
    },

    /** The threads run free, again and again. */
    STRESS {
      @Override
      public void check(Runnable play) throws Exception {
        Stress.repeat(play::run);
      }
    };

    /**
     * Checks what {@code play} asserts, each time it is called. It must be a lambda that makes its
     * scenario itself: the model checker follows the code that it finds from there.
     */
    public abstract void check(Runnable play) throws Exception;
  }

  /** The cause of a cancellation that a scenario asks for. */
  public static final class Cause extends CancelCause {

    private final String reason;

    public Cause(String reason) {
      this.reason = reason;
    }

    @Override
    public InterruptedException exception(boolean traced) {
      return new InterruptedException(reason);
    }
  }
}
