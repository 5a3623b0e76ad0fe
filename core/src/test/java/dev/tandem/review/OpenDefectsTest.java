package dev.tandem.review;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.*;

import dev.tandem.*;
import dev.tandem.testing.*;
import java.io.IOException;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.logging.*;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a review found and what is open: each of these fails. */
@SuppressWarnings({"all", "try"}) // reproducers, not yet tidy
@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class OpenDefectsTest {

  @Test
  void t07_raceUnderTimeout() throws Exception {
    assertThrows(
        DeadlineExceededException.class,
        () ->
            Tandem.timeout(
                ofMillis(100),
                () ->
                    Tandem.race(
                        () -> {
                          try {
                            Thread.sleep(5000);
                          } catch (InterruptedException e) {
                            throw new IOException("connection broken", e);
                          }
                          return 1;
                        })));
  }

  @Test
  void t09_runActionCancelEndsQuietly() throws Exception {
    Tandem.run((TaskGroup g) -> { g.cancel("enough"); Tandem.sleep(ofMillis(10)); });
  }

  @Test
  void t09b_virtualTimeActionCancelEndsQuietly() throws Exception {
    VirtualTime.run((TaskGroup g) -> { g.cancel("enough"); Tandem.sleep(ofMillis(10)); });
  }

  @Test
  void t12_echoBeyondSixteen() throws Exception {
    assertThrows(TaskGroupException.class, () ->
        TaskGroup.collect((TaskGroup g) -> {
          Task<?> last = null;
          for (int i = 0; i < 20; i++) {
            last = g.start("f" + i, () -> { throw new IOException("x"); });
            last.await(ofSeconds(5));
          }
          last.await();
        }));
  }

  @Test
  void t13_raceError() throws Exception {
    assertEquals(1, Tandem.<Integer, Exception>race(
        () -> { throw new AssertionError("boom"); },
        () -> { Tandem.sleep(ofMillis(50)); return 1; }));
  }

  @Test
  void t13b_raceErrorAlone() throws Exception {
    var t = assertThrows(Throwable.class, () -> Tandem.<Integer, Exception>race(
        () -> { throw new AssertionError("boom"); }));
    assertInstanceOf(AssertionError.class, t, t.toString());
  }

  @Test
  void t14_failureWaitingForRoomIsLost() throws Exception {
    var logged = new ConcurrentLinkedQueue<String>();
    Logger log = Logger.getLogger("dev.tandem.Failures");
    Handler h = new Handler() {
      public void publish(LogRecord r) { logged.add(r.getMessage() + r.getThrown()); }
      public void flush() {}
      public void close() {}
    };
    log.addHandler(h);
    try {
      TaskGroup.run((TaskGroup g) -> {
        try (var c = Gather.over(List.of(1, 2, 3)).limit(1).asCompleted(i -> { throw new IOException("bad " + i); })) {
          Tandem.sleep(ofMillis(100));
        }
      });
    } finally { log.removeHandler(h); }
    assertTrue(logged.stream().anyMatch(s -> s.contains("bad 1")), "lost, logged only " + logged);
    assertTrue(logged.stream().anyMatch(s -> s.contains("bad 2")), "lost, logged only " + logged);
  }

  @Test
  void t14b_failureThrownIsLoggedAgain() throws Exception {
    var logged = new ConcurrentLinkedQueue<String>();
    Logger log = Logger.getLogger("dev.tandem.Failures");
    Handler h = new Handler() {
      public void publish(LogRecord r) { logged.add(r.getMessage() + r.getThrown()); }
      public void flush() {}
      public void close() {}
    };
    log.addHandler(h);
    Iterable<Integer> bad = () -> new Iterator<>() {
      int n;
      public boolean hasNext() { return true; }
      public Integer next() { if (n++ == 2) throw new IllegalStateException("source"); return n; }
    };
    try {
      assertThrows(IllegalStateException.class, () -> TaskGroup.run((TaskGroup g) -> {
        try (var c = Gather.over(bad).limit(2).asCompleted(i -> i)) {
          for (var o : c) { }
        }
      }));
    } finally { log.removeHandler(h); }
    assertTrue(logged.isEmpty(), "told twice: " + logged);
  }

  @Test
  void t15_bodyIsNoStraggler() throws Exception {
    var logged = new ConcurrentLinkedQueue<String>();
    Logger log = Logger.getLogger("dev.tandem.stragglers");
    Handler h = new Handler() {
      public void publish(LogRecord r) { logged.add(r.getMessage() + r.getThrown()); }
      public void flush() {}
      public void close() {}
    };
    log.addHandler(h);
    try {
      assertThrows(TaskGroupException.class, () -> TaskGroup.settings().grace(ofMillis(50)).run((TaskGroup g) -> {
        g.start("f", () -> { throw new IOException("x"); });
        long until = System.nanoTime() + 800_000_000L;
        while (System.nanoTime() < until) { java.util.concurrent.locks.LockSupport.parkNanos(1_000_000); }
      }));
    } finally { log.removeHandler(h); }
    assertFalse(logged.isEmpty());
  }

  @Test
  void t16_moveOnNull() throws Exception {
    Tandem.moveOnAfter(ofSeconds(1), () -> null);
  }

  @Test
  void t17_breakWithoutClose() throws Exception {
    var stopped = new CountDownLatch(1);
    var began = new CountDownLatch(1);
    for (var o : Tandem.asCompleted(List.of(1, 2), i -> { if (i == 1) { began.await(); return i; } began.countDown(); try { Tandem.sleep(ofHours(1)); } finally { stopped.countDown(); } return i; })) {
      break;
    }
    assertTrue(stopped.await(1, TimeUnit.SECONDS), "left early, but not cancelled");
  }

  @Test
  void t20_startUntilReadyFailure() throws Exception {
    var seen = new AtomicReference<Throwable>();
    try {
      TaskGroup.run((TaskGroup g) -> {
        try {
          g.startUntilReady("server", (Ready<Integer> r) -> { throw new IOException("no port"); });
        } catch (Throwable e) { seen.set(e); throw e; }
      });
    } catch (TaskGroupException expected) { }
    assertInstanceOf(TaskFailedException.class, seen.get());
  }

  @Test
  void t21_whenDoneStartsTask() throws Exception {
    var logged = new AtomicReference<Throwable>();
    TaskGroup.run((TaskGroup g) -> {
      var t = g.start("a", () -> { Tandem.sleep(ofMillis(50)); });
      t.whenDone(o -> { try { g.start("next", () -> {}); } catch (Throwable e) { logged.set(e); } });
    });
    assertNull(logged.get(), String.valueOf(logged.get()));
  }
}
