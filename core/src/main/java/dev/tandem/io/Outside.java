package dev.tandem.io;

import dev.tandem.CancelledException;
import dev.tandem.Tandem;
import dev.tandem.internal.Context;
import dev.tandem.internal.Durations;
import dev.tandem.internal.Latch;
import dev.tandem.internal.RealRuntime;
import dev.tandem.internal.TaskRuntime;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Waits for what happens outside of the program, in real time, whatever clock the waiting task is
 * on. Somebody out there counts as running meanwhile, so that virtual time stands still.
 */
final class Outside {

  private static final Duration UNBOUNDED = Duration.ofNanos(Long.MAX_VALUE);

  private Outside() {}

  /** A wait for the outside. */
  @FunctionalInterface
  interface Wait<T extends @Nullable Object> {
    T await() throws InterruptedException;
  }

  /** Waits, and can be cancelled. */
  static <T extends @Nullable Object> T await(Wait<T> wait) throws InterruptedException {
    TaskRuntime runtime = Context.currentRuntime();
    runtime.handedOver();
    try {
      return wait.await();
    } finally {
      runtime.handedBack();
    }
  }

  /** Waits, and cannot be cancelled; an interrupt from outside is put back at the end. */
  static void awaitWhateverComes(Latch latch) {
    boolean interrupted = false;
    while (!latch.isOpen()) {
      try {
        Tandem.shield(UNBOUNDED, () -> await(() -> latch.await(TaskRuntime.NEVER)));
      } catch (CancelledException told) {
        // The wait was over, or goes on: a shield tells of a cancellation when it ends.
      } catch (InterruptedException fromOutside) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for a latch, not longer than so long in real time, and can be cancelled. */
  static boolean await(Latch latch, Duration atMost) throws InterruptedException {
    var either = new Latch(latch::awaited);
    var opened = new Forward(either);
    if (!latch.add(opened)) {
      return true;
    }
    TaskRuntime.Timer timer = RealRuntime.INSTANCE.schedule(realDeadline(atMost), either::open);
    try {
      Outside.<Boolean>await(() -> either.await(TaskRuntime.NEVER));
      return latch.isOpen();
    } finally {
      timer.cancel();
      latch.remove(opened);
    }
  }

  /** Opens one latch when another opens. */
  private static final class Forward extends Latch.Listener {
    private final Latch next;

    Forward(Latch next) {
      this.next = next;
    }

    @Override
    protected void opened() {
      next.open();
    }
  }

  /** Runs {@code work} on a virtual thread in real time, which nobody cancels. */
  static void start(Runnable work) {
    Thread thread = RealRuntime.INSTANCE.newThread(work);
    RealRuntime.INSTANCE.start(thread);
  }

  /** The moment so long from now in real time. */
  static long realDeadline(Duration from) {
    return Durations.after(RealRuntime.INSTANCE.now(), Durations.notNegative(from, "from"));
  }
}
