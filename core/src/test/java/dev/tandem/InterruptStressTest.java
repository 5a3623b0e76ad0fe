package dev.tandem;

import static dev.tandem.Stress.micros;
import static dev.tandem.Stress.pause;
import static dev.tandem.Tandem.hedge;
import static dev.tandem.Tandem.race;
import static dev.tandem.Tandem.shield;
import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.tandem.internal.Context;
import dev.tandem.internal.Scope;
import dev.tandem.sync.AsyncSemaphore;
import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * Every construct while interrupts from outside, cancellations by other threads and nested
 * deadlines come at random moments. After each run every body has ended, every permit is back, the
 * thread is in the scope it was in before, and no interrupt of ours is left.
 */
@Tag("stress")
final class InterruptStressTest {

  private final AtomicInteger inside = new AtomicInteger();
  private final AsyncSemaphore gate = AsyncSemaphore.of(2);
  private final CountingRuntime runtime = new CountingRuntime();

  @Test
  void group_disturbed_leavesNothingBehind() throws Exception {
    disturb(
        () ->
            TaskGroup.run(
                group -> {
                  Task<?> one = group.start(this::work);
                  group.start(this::work);
                  group.startDaemon("daemon", this::work);
                  pause(40);
                  if (chance(3)) {
                    one.cancel("not needed");
                  }
                  if (chance(4)) {
                    group.cancel("enough");
                  }
                  if (chance(2)) {
                    one.await();
                  }
                  work();
                }));
  }

  @Test
  void nestedTimeouts_disturbed_leaveNothingBehind() throws Exception {
    disturb(
        () ->
            timeout(
                micros(300),
                () -> {
                  try {
                    timeout(
                        micros(200),
                        (Deadline deadline) -> {
                          if (chance(2)) {
                            deadline.reschedule(micros(300));
                          }
                          work();
                          return 0;
                        });
                  } catch (DeadlineExceededException inner) {
                    work();
                  }
                  work();
                }));
  }

  @Test
  void gather_disturbed_leavesNothingBehind() throws Exception {
    disturb(
        () ->
            timeout(
                micros(600),
                () ->
                    Gather.over(IntStream.range(0, 12).boxed().toList())
                        .limit(1 + ThreadLocalRandom.current().nextInt(6))
                        .run(
                            i -> {
                              work();
                              return i;
                            })));
  }

  @Test
  void shield_disturbed_leavesNothingBehind() throws Exception {
    var finished = new AtomicInteger();
    disturb(
        () ->
            timeout(
                micros(200),
                () -> {
                  work();
                  int before = finished.get();
                  shield(
                      () -> {
                        pause(50);
                        finished.incrementAndGet();
                      });
                  assertEquals(before + 1, finished.get());
                }));
  }

  @Test
  void race_disturbed_leavesNothingBehind() throws Exception {
    disturb(() -> timeout(micros(500), () -> race(this::answer, this::answer, this::answer)));
  }

  @Test
  void hedge_disturbed_leavesNothingBehind() throws Exception {
    disturb(() -> timeout(micros(500), () -> hedge(micros(50), this::answer, this::answer)));
  }

  private int answer() throws InterruptedException, IOException {
    work();
    return 1;
  }

  /** Does a little of everything, and counts who is at it. */
  private void work() throws InterruptedException, IOException {
    inside.incrementAndGet();
    try {
      switch (ThreadLocalRandom.current().nextInt(6)) {
        case 0 -> sleep(micros(100));
        case 1 -> Thread.sleep(micros(100));
        case 2 -> {
          try (var permit = gate.acquire(1 + ThreadLocalRandom.current().nextInt(2))) {
            assertEquals(permit.count(), Math.clamp(permit.count(), 1, 2));
            pause(20);
          }
        }
        case 3 -> {
          try {
            sleep(micros(50));
          } catch (InterruptedException interruptedAgain) {
            Thread.currentThread().interrupt();
          }
        }
        case 4 -> {
          if (chance(20)) {
            throw new IOException("unlucky");
          }
        }
        default -> pause(40);
      }
    } finally {
      inside.decrementAndGet();
    }
  }

  private static boolean chance(int oneIn) {
    return ThreadLocalRandom.current().nextInt(oneIn) == 0;
  }

  /** Runs it on a virtual thread, in an outer scope, with a second thread that disturbs it. */
  private void disturb(Executable construct) throws Exception {
    Stress.repeat(
        () -> {
          var wrong = new AtomicReference<@Nullable Throwable>();
          var outer = new AtomicReference<@Nullable TaskGroup>();
          Thread victim = Thread.ofVirtual().start(() -> guarded(construct, outer, wrong));
          Thread disturber =
              Thread.ofVirtual()
                  .start(
                      () -> {
                        pause(300);
                        if (chance(2)) {
                          victim.interrupt();
                        }
                        TaskGroup group = outer.get();
                        if (group != null && chance(2)) {
                          group.cancel("disturbed");
                        }
                      });
          disturber.join();
          victim.join();
          if (wrong.get() != null) {
            throw wrong.get();
          }
          assertEquals(0, inside.get(), "somebody works outside of every scope");
          while (runtime.threads() > 0) {
            // The last step of a thread comes after its group has learned of its end.
            Thread.onSpinWait();
          }
          long patience = System.nanoTime() + 10_000_000_000L;
          while (runtime.timers() > 0 && System.nanoTime() < patience) {
            // One that goes off as its scope is left arms another, and then takes that back.
            Thread.onSpinWait();
          }
          assertEquals(0, runtime.timers(), "timers are armed for deadlines that are closed");
          assertEquals(new AsyncSemaphore.Statistics(2, 2, 0), gate.statistics());
        });
  }

  private void guarded(
      Executable construct,
      AtomicReference<@Nullable TaskGroup> outer,
      AtomicReference<@Nullable Throwable> wrong) {
    try {
      Context.callOn(
          runtime,
          context -> {
            TaskGroup.run((TaskGroup group) -> within(group, construct, outer));
            return 0;
          });
    } catch (InterruptedException
        | IOException
        | DeadlineExceededException
        | TaskGroupException
        | TaskFailedException
        | TaskCancelledException expected) {
      assertFalse(expected instanceof CancelledException c && c.cancellation().reason().isEmpty());
    } catch (Throwable unexpected) {
      wrong.set(unexpected);
    }
    if (Context.current() != null) {
      wrong.set(new AssertionError("a context is left on the thread"));
    }
  }

  private static void within(
      TaskGroup group, Executable construct, AtomicReference<@Nullable TaskGroup> outer)
      throws Exception {
    outer.set(group);
    Scope before = Context.current().scope();
    try {
      play(construct);
    } finally {
      assertSame(before, Context.current().scope());
      outer.set(null);
    }
  }

  private static void play(Executable construct) throws Exception {
    try {
      construct.execute();
    } catch (Exception | Error thrown) {
      throw thrown;
    } catch (Throwable thrown) {
      throw new AssertionError(thrown);
    }
  }

  @Test
  void cancelledByOthersOnly_noFlagIsLeft() throws Exception {
    Stress.repeat(
        () -> {
          var outer = new AtomicReference<@Nullable TaskGroup>();
          Thread canceller =
              Thread.ofVirtual()
                  .start(
                      () -> {
                        pause(200);
                        TaskGroup group = outer.get();
                        if (group != null) {
                          group.cancel("disturbed");
                        }
                      });
          try {
            TaskGroup.run(
                group -> {
                  outer.set(group);
                  timeout(micros(200), this::work);
                });
          } catch (DeadlineExceededException | TaskGroupException | IOException expected) {
            assertNull(Context.current());
          }
          assertFalse(Thread.currentThread().isInterrupted());
          canceller.join();
          assertFalse(Thread.interrupted(), "an interrupt came after the exit");
        });
  }
}
