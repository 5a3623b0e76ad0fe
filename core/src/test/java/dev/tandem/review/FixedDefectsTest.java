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

/** What a review found and what is mended. */
@SuppressWarnings({"all", "try"}) // reproducers, not yet tidy
@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FixedDefectsTest {

  static void slowToStop(CountDownLatch began, AtomicBoolean over, long millis) throws InterruptedException {
    began.countDown();
    try {
      Tandem.sleep(ofHours(1));
    } finally {
      Tandem.shield(() -> { Tandem.sleep(ofMillis(millis)); over.set(true); });
    }
  }

  @Test
  void t01_shield_afterCatchAndInterruptAgain() throws Exception {
    var done = new AtomicBoolean();
    var task = new AtomicReference<Task<?>>();
    TaskGroup.run(
        (TaskGroup g) -> {
          var t =
              g.start(
                  "t",
                  () -> {
                    try {
                      Tandem.sleep(ofHours(1));
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                    Tandem.shield(
                        () -> {
                          Tandem.sleep(ofMillis(20));
                          done.set(true);
                        });
                  });
          task.set(t);
          Tandem.sleep(ofMillis(50));
          t.cancel("x");
        });
    assertTrue(done.get(), "shield cut short; " + task.get().outcome());
  }

  @Test
  void t02_outsideInterruptWhileClosing() throws Exception {
    var flag = new AtomicBoolean();
    Thread main = Thread.currentThread();
    Tandem.timeout(
        ofHours(1),
        () -> {
          var began = new CountDownLatch(1);
          var over = new AtomicBoolean();
          var c = Tandem.asCompleted(List.of(1), i -> { slowToStop(began, over, 300); return i; });
          began.await();
          Thread.ofVirtual().start(() -> { try { Thread.sleep(100); } catch (InterruptedException e) {} main.interrupt(); });
          c.close();
          assertTrue(over.get());
          flag.set(Thread.interrupted());
        });
    assertTrue(flag.get(), "interrupt swallowed; flag later: " + Thread.interrupted());
  }

  @Test
  void t02b_noScope() throws Exception {
    Thread main = Thread.currentThread();
          var began = new CountDownLatch(1);
          var over = new AtomicBoolean();
          var c = Tandem.asCompleted(List.of(1), i -> { slowToStop(began, over, 300); return i; });
          began.await();
          Thread.ofVirtual().start(() -> { try { Thread.sleep(100); } catch (InterruptedException e) {} main.interrupt(); });
          c.close();
          assertTrue(over.get());
    assertTrue(Thread.interrupted(), "interrupt swallowed");
  }

  @Test
  void t02c_staleAfterwards() throws Exception {
    Thread main = Thread.currentThread();
    Tandem.timeout(
        ofHours(1),
        () -> {
          var began = new CountDownLatch(1);
          var over = new AtomicBoolean();
          var c = Tandem.asCompleted(List.of(1), i -> { slowToStop(began, over, 300); return i; });
          began.await();
          Thread.ofVirtual().start(() -> { try { Thread.sleep(100); } catch (InterruptedException e) {} main.interrupt(); });
          c.close();
          Thread.interrupted();
          // an unrelated timeout, much later
          Tandem.moveOnAfter(ofMillis(10), () -> { Tandem.sleep(ofHours(1)); return 1; });
          assertFalse(Thread.interrupted(), "an interrupt of long ago shows up after an unrelated timeout");
        });
  }

  @Test
  void t03_secondCloserReturnsEarly() throws Exception {
    var began = new CountDownLatch(1);
    var over = new AtomicBoolean();
    var overAtLeave = new AtomicBoolean();
    TaskGroup.run(
        (TaskGroup g) -> {
          Tandem.timeout(
              ofHours(1),
              () -> {
                var c = Tandem.asCompleted(List.of(1), i -> { slowToStop(began, over, 300); return i; });
                began.await();
                g.start("closer", c::close);
                Tandem.sleep(ofMillis(100));
              });
          overAtLeave.set(over.get());
        });
    assertTrue(overAtLeave.get(), "the scope was left while an item of its gather still ran");
  }

  @Test
  void t04_closeFromInsideItem() throws Exception {
    TaskGroup.run(
        (TaskGroup g) -> {
          var ref = new CompletableFuture<Completions<Integer, Integer>>();
          var c = Tandem.<Integer, Integer>asCompleted(List.of(1), i -> { ref.get().close(); return i; });
          ref.complete(c);
          for (var o : c) { assertInstanceOf(StructureException.class, ((Outcome.Failure<?,?>) o).error()); }
        });
  }

  @Test
  void t05_foreignCloseHoldsBackInterruptOfMaker() throws Exception {
    var began = new CountDownLatch(1);
    var over = new AtomicBoolean();
    long t0 = System.nanoTime();
    TaskGroup.run(
        (TaskGroup g) -> {
          Tandem.moveOnAfter(
              ofMillis(200),
              () -> {
                var c = Tandem.asCompleted(List.of(1), i -> { slowToStop(began, over, 400); return i; });
                began.await();
                g.start("closer", c::close);
                Thread.sleep(3000);
                return 1;
              });
        });
    long ms = (System.nanoTime() - t0) / 1_000_000;
    assertTrue(ms < 1500, "took " + ms);
  }

  @Test
  void t06_itemLeavesFlag() throws Exception {
    TaskGroup.run(
        (TaskGroup g) -> {
          try (var c = Tandem.<Integer, Integer>asCompleted(List.of(1, 2, 3), i -> { Thread.currentThread().interrupt(); return i; })) {
            int n = 0;
            for (var o : c) { assertTrue(o.isSuccess()); n++; }
            assertEquals(3, n);
          }
        });
  }

  @Test
  void t08_loggerThrowsWhileAttachedIsClosed() throws Exception {
    Logger log = Logger.getLogger("dev.tandem.Failures");
    Handler h = new Handler() {
      public void publish(LogRecord r) { throw new IllegalStateException("logger broken"); }
      public void flush() {}
      public void close() {}
    };
    log.addHandler(h);
    try {
      TaskGroup.run(
          (TaskGroup g) -> {
            g.start("t", () -> {
              Iterable<Integer> bad = () -> new Iterator<>() {
                public boolean hasNext() { return true; }
                public Integer next() { throw new IllegalStateException("source"); }
              };
              var c = Tandem.asCompleted(bad, i -> i);
              Tandem.sleep(ofMillis(50));
            });
          });
    } finally {
      log.removeHandler(h);
    }
  }

  @Test
  void t10_dumpOfNestedGroupInBody() throws Exception {
    TaskGroup.run("outer",
        (TaskGroup g) -> {
          TaskGroup.run("inner", (TaskGroup h) -> {
            h.startDaemon("needle", () -> Tandem.sleep(ofHours(1)));
            Tandem.sleep(ofMillis(50));
            assertTrue(g.dump().contains("needle"), g.dump());
          });
        });
  }

  @Test
  void t10b_deadlockInGatherOfBodyIsShown() throws Exception {
    var e = assertThrows(DeadlockException.class, () ->
        VirtualTime.run((TaskGroup g) -> {
          Tandem.gather(List.of(1), i -> { dev.tandem.sync.AsyncSemaphore s = dev.tandem.sync.AsyncSemaphore.of(1); s.acquire(); s.acquire(); return i; });
        }));
    assertTrue(e.getMessage().contains("item#0"), e.getMessage());
  }

  @Test
  void t19_listenerFailuresLost() throws Exception {
    // two failures of the listener within one telling
    var t = assertThrows(Throwable.class, () -> {
      var inFirst = new CountDownLatch(1);
      var n = new AtomicInteger();
      Gather.over(List.of(1, 2)).onProgress(p -> {
        if (n.incrementAndGet() == 1) { inFirst.countDown(); try { Thread.sleep(200); } catch (InterruptedException e) { } throw new IllegalStateException("one"); }
        throw new IllegalStateException("two");
      }).run(i -> { if (i == 2) inFirst.await(); return i; });
    });
    var all = new ArrayList<String>();
    all.add(t.getMessage());
    for (Throwable s : t.getSuppressed()) all.add(s.getMessage());
    assertTrue(all.toString().contains("one") && all.toString().contains("two"), all.toString());
  }
}
