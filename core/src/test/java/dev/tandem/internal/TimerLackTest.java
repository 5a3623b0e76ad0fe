package dev.tandem.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Timers where memory, a stack or a thread is lacking. */
final class TimerLackTest {

  private static final int TIMERS = 2_000;

  private static final class Unstartable extends Thread {
    private final OutOfMemoryError lack;

    Unstartable(Runnable body, OutOfMemoryError lack) {
      super(body);
      this.lack = lack;
    }

    @Override
    public void start() {
      throw lack;
    }
  }

  private final AtomicInteger ran = new AtomicInteger();
  private int returned;

  /** Arms timers at all depths of a stack, until it is full. */
  private void armDeeper(TimerQueue queue, List<TimerQueue.Entry> armed, int depth) {
    var timer = new TimerQueue.Entry(10 + depth, ran::incrementAndGet);
    armed.add(timer);
    queue.arm(timer);
    if (depth < Integer.MAX_VALUE) {
      armDeeper(queue, armed, depth + 1);
    }
    returned++;
  }

  @Test
  void arm_whereTheStackEnds_losesNoTimer() {
    for (int round = 0; round < 100; round++) {
      var queue = new TimerQueue(1, () -> {});
      ran.set(0);
      // So many that the next one clears the stack, at the very end of that of the thread.
      for (int i = 0; i < TIMERS - 1 - 7 * round; i++) {
        queue.arm(new TimerQueue.Entry(10, ran::incrementAndGet));
      }
      int before = TIMERS - 1 - 7 * round;
      var armed = new ArrayList<TimerQueue.Entry>();
      assertThrows(StackOverflowError.class, () -> armDeeper(queue, armed, 0));
      queue.runDue(1_000_000);
      // Of the last one nobody knows.
      int all = before + armed.size();
      assertTrue(ran.get() >= all - 1 && ran.get() <= all, () -> ran.get() + " of " + all);
      assertEquals(0, queue.size());
    }
    assertEquals(0, returned);
  }

  @Test
  void schedule_theThreadCannotBeStarted_nothingIsArmed_andTheNextOneTriesAgain() throws Exception {
    var lack = new OutOfMemoryError("unable to create native thread");
    var lacking = new AtomicBoolean(true);
    var timers =
        new Timers(
            RealRuntime.INSTANCE,
            body -> {
              Thread fresh = lacking.get() ? new Unstartable(body, lack) : new Thread(body);
              fresh.setDaemon(true);
              return fresh;
            });
    for (int i = 0; i < 3; i++) {
      assertSame(
          lack,
          assertThrows(
              OutOfMemoryError.class, () -> timers.schedule(0, this.ran::incrementAndGet)));
    }
    lacking.set(false);
    var second = new CountDownLatch(1);
    timers.schedule(0, second::countDown);
    assertTrue(second.await(20, TimeUnit.SECONDS));
    assertFalse(ran.get() > 0, "what was refused must not run");
  }
}
