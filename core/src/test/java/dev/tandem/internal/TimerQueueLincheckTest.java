package dev.tandem.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Stress;
import dev.tandem.internal.Scenario.Way;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No timer is forgotten, run twice, or run too late for want of a call. */
@Tag("lincheck")
public final class TimerQueueLincheckTest {

  /** One who runs the queue, and two who arm timers in it. */
  private static class Arming extends Scenario {
    final TimerQueue queue = new TimerQueue(1, () -> {});
    final AtomicInteger runs = new AtomicInteger();
    volatile boolean called;
    long announced;

    @Override
    protected void run(Context context) throws Throwable {
      start(() -> arm(2));
      start(() -> arm(1));
      announced = queue.runDue(0);
      awaitOthers();
    }

    void arm(long deadline) {
      if (queue.arm(new TimerQueue.Entry(deadline, runs::incrementAndGet))) {
        called = true;
      }
    }

    @Override
    protected void verify() {
      assertTrue(called || announced <= 1, "nobody comes in time for the first timer");
      queue.runDue(1);
      assertEquals(1, runs.get());
      queue.runDue(2);
      assertEquals(2, runs.get());
    }
  }

  @ParameterizedTest
  @EnumSource
  void armAgainstRun_someoneComesInTime(Way way) throws Exception {
    way.check(() -> new Arming().play());
  }

  /** A timer is cancelled while it becomes due. */
  private static final class Cancelling extends Scenario {
    final TimerQueue queue = new TimerQueue(1, () -> {});
    final TimerQueue.Entry timer = new TimerQueue.Entry(1, this::ran);
    final AtomicInteger runs = new AtomicInteger();

    private void ran() {
      runs.incrementAndGet();
    }

    @Override
    protected void run(Context context) throws Throwable {
      queue.arm(timer);
      start(timer::cancel);
      start(() -> queue.arm(new TimerQueue.Entry(1, this::ran)));
      queue.runDue(1);
      awaitOthers();
    }

    @Override
    protected void verify() {
      int before = runs.get();
      queue.runDue(1);
      int after = runs.get();
      assertTrue(before <= 2 && after >= 1 && after <= 2, "runs: " + before + ", then " + after);
      assertEquals(0, queue.size());
    }
  }

  @ParameterizedTest
  @EnumSource
  void cancelAgainstRun_theOtherRunsAllTheSame(Way way) throws Exception {
    way.check(() -> new Cancelling().play());
  }

  /** Many who arm and cancel, so that stacks are cleared while they are run. */
  private static final class Crowd {
    private static final int EACH = 2_000;

    final TimerQueue queue = new TimerQueue(2, () -> {});
    final AtomicInteger expected = new AtomicInteger();
    final AtomicInteger runs = new AtomicInteger();
    final ConcurrentLinkedQueue<Throwable> wrong = new ConcurrentLinkedQueue<>();

    void play() throws InterruptedException {
      Thread one = Thread.ofPlatform().start(this::armAndCancel);
      Thread two = Thread.ofPlatform().start(this::armAndCancel);
      long now = 0;
      while (one.isAlive() || two.isAlive()) {
        queue.runDue(now++);
      }
      one.join();
      two.join();
      queue.runDue(Long.MAX_VALUE - 1);
      assertEquals(expected.get(), runs.get());
      assertTrue(wrong.isEmpty(), () -> "first: " + wrong.peek());
      assertEquals(0, queue.size());
    }

    private void armAndCancel() {
      for (int i = 0; i < EACH; i++) {
        var once = new AtomicInteger();
        var timer =
            new TimerQueue.Entry(
                1L << (i % 40),
                () -> {
                  if (once.incrementAndGet() > 1) {
                    wrong.add(new AssertionError("ran twice"));
                  }
                  runs.incrementAndGet();
                });
        if (i % 7 == 0) {
          expected.incrementAndGet();
          queue.arm(timer);
        } else {
          // Far away, so that it is not due before it is cancelled.
          var far = new TimerQueue.Entry(Long.MAX_VALUE - 1, () -> wrong.add(new Error("ran")));
          queue.arm(far);
          far.cancel();
        }
      }
    }
  }

  @Test
  @Tag("stress")
  void manyArmAndCancel_eachLiveOneRunsOnce() throws Exception {
    Stress.repeat(() -> new Crowd().play());
  }
}
