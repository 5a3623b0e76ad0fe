package dev.tandem.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.Action;
import dev.tandem.CancelledException;
import dev.tandem.Deadline;
import dev.tandem.DeadlineExceededException;
import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.function.Executable;

/** All ways in which something that waits can be stopped, on both kinds of threads. */
enum Stopping {
  CANCELLED {
    @Override
    void run(Predicate<Thread> waits, Action<Exception> body) {
      assertThrows(
          CancelledException.class,
          () ->
              TaskGroup.<String, Exception>run(
                  group -> {
                    Thread self = Thread.currentThread();
                    group.start(
                        "canceller",
                        () -> {
                          Loopback.until(() -> waits.test(self));
                          group.cancel("enough");
                        });
                    body.run();
                    return "went on";
                  }));
    }
  },
  TIMED_OUT {
    @Override
    void run(Predicate<Thread> waits, Action<Exception> body) {
      assertThrows(
          DeadlineExceededException.class,
          () ->
              Tandem.<String, Exception>timeout(
                  Duration.ofMinutes(5),
                  deadline -> {
                    expireWhen(waits, deadline);
                    body.run();
                    return "went on";
                  }));
    }
  },
  INTERRUPTED {
    @Override
    void run(Predicate<Thread> waits, Action<Exception> body) {
      Thread self = Thread.currentThread();
      Thread.ofVirtual().start(() -> unchecked(() -> untilThenInterrupt(waits, self)));
      var thrown = assertThrows(InterruptedException.class, body::run);
      assertEquals(InterruptedException.class, thrown.getClass());
    }
  };

  /**
   * Runs {@code body} on the current thread, and stops it once it waits.
   *
   * @param waits whether the body is where it shall be stopped
   */
  abstract void run(Predicate<Thread> waits, Action<Exception> body);

  /** Like {@link #run}, on a new thread; the flag must be down at the end. */
  void runOn(boolean virtual, Predicate<Thread> waits, Action<Exception> body) throws Exception {
    var failure = new AtomicReference<Throwable>();
    Thread.Builder builder = virtual ? Thread.ofVirtual() : Thread.ofPlatform();
    Thread thread =
        builder.start(
            () -> {
              try {
                run(waits, body);
                assertFalse(Thread.interrupted(), "the interrupt flag was left up");
              } catch (Throwable e) {
                failure.set(e);
              }
            });
    thread.join(60_000);
    if (thread.isAlive()) {
      var stuck = new AssertionError(this + ", virtual " + virtual + ": did not stop");
      stuck.setStackTrace(thread.getStackTrace());
      throw stuck;
    }
    if (failure.get() != null) {
      throw new AssertionError(this + ", virtual " + virtual + ": " + failure.get(), failure.get());
    }
  }

  /** Every way, on both kinds of threads. */
  static void inEveryWay(Predicate<Thread> waits, Body body) throws Exception {
    for (Stopping way : values()) {
      for (boolean virtual : new boolean[] {true, false}) {
        body.run(action -> way.runOn(virtual, waits, action));
      }
    }
  }

  /** What is done in every way. */
  @FunctionalInterface
  interface Body {
    void run(Stopped stopped) throws Exception;
  }

  /** Runs something that is then stopped. */
  @FunctionalInterface
  interface Stopped {
    void run(Action<Exception> action) throws Exception;
  }

  private static void expireWhen(Predicate<Thread> waits, Deadline deadline) {
    Thread self = Thread.currentThread();
    Thread.ofVirtual()
        .start(
            () ->
                unchecked(
                    () -> {
                      Loopback.until(() -> waits.test(self));
                      deadline.reschedule(Duration.ofNanos(1));
                    }));
  }

  private static void untilThenInterrupt(Predicate<Thread> waits, Thread self)
      throws InterruptedException {
    BooleanSupplier there = () -> waits.test(self);
    Loopback.until(there);
    self.interrupt();
  }

  private static void unchecked(Executable body) {
    try {
      body.execute();
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
