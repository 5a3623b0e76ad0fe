package dev.tandem.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TimerQueueTest {

  private final TimerQueue queue = new TimerQueue(1, () -> {});
  private final List<Long> ran = new ArrayList<>();

  private TimerQueue.Entry timer(long deadline) {
    return new TimerQueue.Entry(deadline, () -> ran.add(deadline));
  }

  @Test
  void runDue_severalArmed_runsThoseDueByDeadline() {
    queue.arm(timer(30));
    queue.arm(timer(10));
    queue.arm(timer(20));
    assertEquals(30, queue.runDue(20));
    assertEquals(List.of(10L, 20L), ran);
    assertEquals(TaskRuntime.NEVER, queue.runDue(30));
    assertEquals(List.of(10L, 20L, 30L), ran);
    assertEquals(0, queue.size());
  }

  @Test
  void runDue_sameTimerTwice_runsItOnce() {
    queue.arm(timer(10));
    queue.runDue(10);
    queue.runDue(11);
    assertEquals(List.of(10L), ran);
  }

  @Test
  void cancel_beforeItIsDue_neverRuns() {
    TimerQueue.Entry timer = timer(10);
    queue.arm(timer);
    timer.cancel();
    queue.runDue(10);
    assertEquals(List.of(), ran);
  }

  @Test
  void cancel_seenBefore_neverRuns() {
    TimerQueue.Entry timer = timer(10);
    queue.arm(timer);
    assertEquals(10, queue.runDue(5));
    timer.cancel();
    queue.runDue(10);
    assertEquals(List.of(), ran);
  }

  @Test
  void arm_first_asksToWake() {
    assertTrue(queue.arm(timer(100)));
  }

  @Test
  void arm_laterThanAnnounced_needsNoWaking() {
    queue.arm(timer(100));
    queue.runDue(0);
    assertFalse(queue.arm(timer(100)));
    assertFalse(queue.arm(timer(101)));
    assertTrue(queue.arm(timer(99)));
  }

  @Test
  void arm_othersHaveAskedToWake_needsNoWaking() {
    assertTrue(queue.arm(timer(100)));
    assertFalse(queue.arm(timer(50)), "whoever runs the queue is on his way");
    assertEquals(50, queue.runDue(0));
  }

  @Test
  void arm_oneAfterTheOther_eachCancelledEarly_wakesOnce() {
    int woken = 0;
    for (int i = 0; i < 10_000; i++) {
      TimerQueue.Entry timer = timer(1_000_000 + i);
      if (queue.arm(timer)) {
        woken++;
        queue.runDue(i);
      }
      timer.cancel();
    }
    assertEquals(1, woken);
  }

  @Test
  void runDue_allWereCancelled_comesBackOnceMore() {
    TimerQueue.Entry timer = timer(10);
    queue.arm(timer);
    timer.cancel();
    assertEquals(10, queue.runDue(5), "the next timer may follow at once");
    assertEquals(TaskRuntime.NEVER, queue.runDue(10));
  }

  @Test
  void size_manyCancelled_staysSmall() {
    queue.arm(timer(5));
    queue.runDue(0);
    for (int i = 0; i < 100_000; i++) {
      TimerQueue.Entry timer = timer(1_000_000);
      queue.arm(timer);
      timer.cancel();
    }
    assertTrue(queue.size() <= 1_000, () -> "entries: " + queue.size());
  }

  @Test
  void size_manyCancelledLate_staysSmall() {
    var called = new AtomicInteger();
    var crowd = new TimerQueue(1, called::incrementAndGet);
    var live = new ArrayList<TimerQueue.Entry>();
    for (int i = 0; i < 200_000; i++) {
      TimerQueue.Entry timer = timer(1_000_000_000 + i);
      if (crowd.arm(timer) || called.getAndSet(0) > 0) {
        crowd.runDue(0);
      }
      live.add(timer);
      if (live.size() == 1_000) {
        live.forEach(TimerQueue.Entry::cancel);
        live.clear();
      }
    }
    assertTrue(crowd.size() <= 5_000, () -> "entries: " + crowd.size());
  }

  @Test
  void cancel_manyThatWereSeenBefore_callsTheOneWhoFreesThem() {
    var called = new AtomicInteger();
    var crowd = new TimerQueue(1, called::incrementAndGet);
    List<TimerQueue.Entry> timers = armFar(crowd, 100_000);
    TimerQueue.Entry last = timers.getLast();
    timers.removeLast();
    timers.forEach(TimerQueue.Entry::cancel);
    assertEquals(1, called.get(), "and no further call until he came");
    crowd.runDue(0);
    assertEquals(1, crowd.size());
    assertTrue(crowd.capacity() <= 1_000, () -> "room for: " + crowd.capacity());
    last.cancel();
  }

  @Test
  void cancel_nowAndThenOneOfMany_staysInProportionToThoseThatLive() {
    var called = new AtomicInteger();
    var crowd = new TimerQueue(1, called::incrementAndGet);
    List<TimerQueue.Entry> timers = armFar(crowd, 100_000);
    for (int live = timers.size(); live > 0; live--) {
      timers.get(live - 1).cancel();
      if (called.getAndSet(0) > 0) {
        crowd.runDue(0);
      }
      int left = live - 1;
      assertTrue(crowd.size() <= 2 * left + 1_500, () -> crowd.size() + " for " + left);
    }
    assertTrue(crowd.capacity() <= 5_000, () -> "room for: " + crowd.capacity());
  }

  @Test
  void cancel_onesThatRan_callsNobody() {
    var called = new AtomicInteger();
    var crowd = new TimerQueue(1, called::incrementAndGet);
    List<TimerQueue.Entry> timers = armFar(crowd, 10_000);
    crowd.runDue(2_000_000);
    timers.forEach(TimerQueue.Entry::cancel);
    assertEquals(0, called.get());
    assertEquals(0, crowd.size());
    assertTrue(crowd.capacity() <= 1_000, () -> "room for: " + crowd.capacity());
  }

  private List<TimerQueue.Entry> armFar(TimerQueue crowd, int count) {
    var timers = new ArrayList<TimerQueue.Entry>();
    for (int i = 0; i < count; i++) {
      TimerQueue.Entry timer = timer(1_000_000 + (i * 31L) % 1_000);
      crowd.arm(timer);
      timers.add(timer);
    }
    crowd.runDue(0);
    return timers;
  }

  @Test
  void runDue_manyInAnyOrder_runsThemByDeadline() {
    var random = new Random(7);
    for (int i = 0; i < 3_000; i++) {
      TimerQueue.Entry timer = timer(random.nextInt(10_000));
      queue.arm(timer);
      if (i % 3 == 0) {
        timer.cancel();
      }
      if (i % 700 == 0) {
        queue.runDue(-1);
      }
    }
    queue.runDue(20_000);
    assertEquals(2_000, ran.size());
    assertEquals(ran.stream().sorted().toList(), ran);
  }

  @Test
  void arm_whoWasCalledCouldNotBeWoken_theNextOneCalls() {
    assertTrue(queue.arm(timer(100)));
    queue.notWoken();
    assertTrue(queue.arm(timer(200)));
    assertEquals(100, queue.runDue(0));
  }

  @Test
  void runDue_anActionCancelsOneThatIsDueToo_thatOneDoesNotRun() {
    TimerQueue.Entry second = timer(2);
    queue.arm(new TimerQueue.Entry(1, second::cancel));
    queue.arm(second);
    queue.arm(timer(3));
    queue.runDue(3);
    assertEquals(List.of(3L), ran);
  }

  @Test
  void run_oneThrows_theOthersRun() {
    var thrown = new ArrayList<Throwable>();
    Thread current = Thread.currentThread();
    Thread.UncaughtExceptionHandler before = current.getUncaughtExceptionHandler();
    current.setUncaughtExceptionHandler((thread, failure) -> thrown.add(failure));
    try {
      var failure = new IllegalStateException("mine");
      queue.arm(
          new TimerQueue.Entry(
              1,
              () -> {
                throw failure;
              }));
      queue.arm(timer(2));
      queue.runDue(2);
      assertEquals(List.of(failure), thrown);
      assertEquals(List.of(2L), ran);
    } finally {
      current.setUncaughtExceptionHandler(before);
    }
  }

  @Test
  void cancel_keepsNothingOfTheAction() throws InterruptedException {
    Object captured = new Object();
    var gone = new WeakReference<>(captured);
    TimerQueue.Entry timer = holding(captured);
    queue.arm(timer);
    captured = null;
    timer.cancel();
    for (int i = 0; i < 1000 && gone.get() != null; i++) {
      System.gc();
      Thread.sleep(1);
    }
    assertEquals(null, gone.get());
    assertEquals(1, queue.size());
  }

  private static TimerQueue.Entry holding(Object captured) {
    return new TimerQueue.Entry(10, () -> assertTrue(captured != null));
  }
}
