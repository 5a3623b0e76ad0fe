package dev.tandem.review;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.*;

import dev.tandem.*;
import dev.tandem.interop.*;
import java.io.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.logging.*;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Failures and arguments that nobody is told of: those that fail are open. */
@SuppressWarnings({"all", "try"}) // reproducers, not yet tidy
@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class LostFailuresTest {

  interface Body { void run() throws Exception; }

  /** All that is thrown or logged, as one text. */
  static String told(Body body) {
    var text = new StringWriter();
    Logger log = Logger.getLogger("dev.tandem");
    Handler h = new Handler() {
      public void publish(LogRecord r) { text.write(r.getMessage()); if (r.getThrown() != null) r.getThrown().printStackTrace(new PrintWriter(text)); }
      public void flush() {}
      public void close() {}
    };
    log.addHandler(h);
    try { body.run(); } catch (Throwable t) { t.printStackTrace(new PrintWriter(text)); } finally { log.removeHandler(h); }
    return text.toString();
  }

  static void closing() throws Exception {
    try (AutoCloseable r = () -> { throw new IOException("needle"); }) {
      Tandem.sleep(ofHours(1));
    }
  }

  @Test
  void l1_tryWithResourcesOfACancelledTask() {
    String told = told(() -> TaskGroup.run((TaskGroup g) -> {
      var t = g.start("t", () -> closing());
      Tandem.sleep(ofMillis(50));
      t.cancel("x");
    }));
    assertTrue(told.contains("needle"), "nobody is told");
  }

  @Test
  void l2_moveOnForeign() {
    String told = told(() -> {
      var r = Tandem.moveOnAfter(ofMillis(50), () -> {
        try { Thread.sleep(5000); } catch (InterruptedException e) { throw new IllegalStateException("needle"); }
        return 1;
      });
      assertTrue(r.isEmpty());
    });
    assertTrue(told.contains("needle"), "nobody is told");
  }

  @Test
  void l2b_moveOnTryWithResources() {
    String told = told(() -> Tandem.moveOnAfter(ofMillis(50), () -> { closing(); return 1; }));
    assertTrue(told.contains("needle"), "nobody is told");
  }

  @Test
  void l3_offloadCleanup() {
    String told = told(() -> TaskGroup.run((TaskGroup g) -> {
      var t = g.start("t", () -> Offload.toThread(() -> {
        try { Thread.sleep(5000); } catch (InterruptedException e) { throw new IllegalStateException("needle"); }
      }));
      Tandem.sleep(ofMillis(100));
      t.cancel("x");
    }));
    assertTrue(told.contains("needle"), "nobody is told");
  }

  @Test
  void l4_futureFailedWhileCancelled() {
    String told = told(() -> {
      TaskGroup.run((TaskGroup g) -> {
        var never = CompletableFuture.failedFuture(new IOException("needle"));
        var t = g.start("t", () -> { try { Tandem.sleep(ofHours(1)); } catch (InterruptedException e) { } Futures.await(never); });
        Tandem.sleep(ofMillis(50));
        t.cancel("x");
      });
    });
    assertTrue(told.contains("needle"), "nobody is told");
  }

  @Test
  void l5_executorAgainstGroupEnd() throws Exception {
    for (int round = 0; round < 300; round++) {
      var ex = new AtomicReference<Executor>();
      var accepted = new AtomicInteger();
      var ran = new AtomicInteger();
      var stop = new AtomicBoolean();
      var threads = new ArrayList<Thread>();
      var ready = new CountDownLatch(2);
      TaskGroup.run((TaskGroup g) -> {
        ex.set(g.executor());
        for (int i = 0; i < 2; i++) {
          threads.add(Thread.ofPlatform().start(() -> {
            ready.countDown();
            while (!stop.get()) {
              try { ex.get().execute(ran::incrementAndGet); accepted.incrementAndGet(); }
              catch (RejectedExecutionException e) { return; }
            }
          }));
        }
        ready.await();
        Thread.startVirtualThread(() -> { g.cancel("over"); });
      });
      int atEnd = ran.get();
      stop.set(true);
      for (Thread t : threads) t.join();
      assertEquals(accepted.get(), ran.get());
      assertEquals(atEnd, ran.get(), "ran after the group's end");
    }
  }

  @Test
  void l6_tasksAsCompletedLeaves() throws Exception {
    TaskGroup.run((TaskGroup g) -> {
      var slow = g.startDaemon("slow", () -> Tandem.sleep(ofHours(1)));
      for (int i = 0; i < 1000; i++) {
        var it = Tandem.asCompleted(List.of(slow)).iterator();
        Tandem.moveOnAfter(java.time.Duration.ofNanos(1000), () -> { it.next(); return 1; });
      }
      var f = slow.getClass().getDeclaredField("ended");
      f.setAccessible(true);
      Object latch = f.get(slow);
      var w = latch.getClass().getDeclaredMethod("waiting");
      w.setAccessible(true);
      assertTrue((int) w.invoke(latch) < 10, "listeners left behind: " + w.invoke(latch));
    });
  }

  @Test
  void l7_serialized() throws Exception {
    Throwable t = assertThrows(TaskGroupException.class, () -> TaskGroup.run((TaskGroup g) -> { g.start("a", () -> { throw new IOException("x"); }); }));
    var bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(t);
    var back = (TaskGroupException) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    assertEquals(1, back.failures().size());
  }

  @Test
  void l8_outcomeMapNull() {
    assertThrows(NullPointerException.class, () -> new Outcome.Failure<>("a", new IOException()).map(null));
  }
  @Test
  void l8b_outcomeRecoverNull() {
    assertThrows(NullPointerException.class, () -> new Outcome.Success<>("a", 1).recover(null));
  }

  @Test
  void l9_futureLateThrows() throws Exception {
    // what becomes of the cancellation when the late consumer fails
    var seen = new AtomicReference<Throwable>();
    TaskGroup.run((TaskGroup g) -> {
      var t = g.start("t", () -> {
        try { Tandem.sleep(ofHours(1)); } catch (InterruptedException e) { }
        try { Futures.await(CompletableFuture.completedFuture(1), v -> { throw new IllegalStateException("late"); }); } catch (Throwable e) { seen.set(e); }
      });
      Tandem.sleep(ofMillis(50));
      t.cancel("x");
    });
    assertInstanceOf(CancelledException.class, seen.get(), String.valueOf(seen.get()));
  }

  @Test
  void l10_offloadPoolConcurrentClose() throws Exception {
    var pool = Offload.pool("p", 2);
    var over = new AtomicBoolean();
    var began = new CountDownLatch(1);
    TaskGroup.run((TaskGroup g) -> {
      g.start("w", () -> pool.run(() -> { began.countDown(); Thread.sleep(300); over.set(true); }));
      began.await();
      g.start("c1", pool::close);
      Tandem.sleep(ofMillis(20));
      pool.close();
      assertTrue(over.get());
    });
  }

  @Test
  void l11_staticFailureGrows() throws Exception {
    var gone = new IOException("gone");
    for (int i = 0; i < 200; i++) {
      try {
        Tandem.gather(() -> { Tandem.sleep(ofMillis(1)); throw gone; }, () -> { try { Tandem.sleep(ofHours(1)); } finally { if (true) throw new IllegalStateException("other"); } return 1; });
      } catch (IOException e) { }
    }
    assertTrue(gone.getSuppressed().length <= 16, "suppressed: " + gone.getSuppressed().length);
  }
}
