package dev.tandem;

import static dev.tandem.Tandem.currentPath;
import static dev.tandem.Tandem.gather;
import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where offloaded work runs, what it sees, and how its end reaches the caller. */
final class OffloadTest {

  private static final Offload.Statistics IDLE_OF_1 = new Offload.Statistics(1, 0, 0, 0);

  @Test
  void toThread_returnsWhatTheWorkReturned_fromADaemonPlatformThread() throws Exception {
    Thread used = Offload.toThread(Thread::currentThread);
    assertFalse(used.isVirtual());
    assertTrue(used.isDaemon());
    assertNotSame(Thread.currentThread(), used);
    assertNotSame(used, Offload.toThread(Thread::currentThread));
  }

  @Test
  void run_workReturnsNothing_isRunToItsEnd() throws Exception {
    var done = new AtomicBoolean();
    Offload.toThread(() -> done.set(true));
    assertTrue(done.getAndSet(false));
    Offload.cpu().run(() -> done.set(true));
    assertTrue(done.getAndSet(false));
    try (var pool = Offload.pool("small", 1)) {
      pool.run(() -> done.set(true));
      assertTrue(done.get());
    }
  }

  @Test
  void run_workFails_itsOwnExceptionIsThrown() {
    var failure = assertThrows(IOException.class, () -> Offload.toThread(OffloadTest::fail));
    assertEquals("mine", failure.getMessage());
    assertEquals(0, Offload.thread().statistics().busy());
    assertThrows(StackOverflowError.class, () -> Offload.toThread(OffloadTest::overflow));
    assertEquals(0, Offload.thread().statistics().busy());
  }

  private static int fail() throws IOException {
    throw new IOException("mine");
  }

  private static int overflow() {
    throw new StackOverflowError();
  }

  @Test
  void run_waitsOfTandemInTheWork_useTheCallersClock() throws Exception {
    VirtualTime.run(
        root -> {
          Offload.toThread(() -> sleep(ofSeconds(5)));
          assertEquals(ofSeconds(5), VirtualTime.elapsed());
          Offload.cpu().run(() -> sleep(ofSeconds(5)));
          assertEquals(ofSeconds(10), VirtualTime.elapsed());
        });
  }

  @Test
  void run_workLooksAround_seesTheCallersDeadlineAndPath() throws Exception {
    VirtualTime.run(
        root -> {
          var pool = Offload.threads(1).named("native");
          timeout(
              "query",
              ofSeconds(3),
              () -> {
                assertEquals("query/native", pool.run(Tandem::currentPath));
                assertEquals(Optional.of(ofSeconds(3)), pool.run(Deadline::current));
                assertEquals("query/offload", Offload.thread().run(() -> currentPath()));
                return 0;
              });
        });
  }

  @Test
  void run_timeoutAroundIt_cancelsAWaitInTheWork() throws Exception {
    VirtualTime.run(
        root -> {
          var why = new ConcurrentLinkedQueue<String>();
          assertThrows(
              DeadlineExceededException.class,
              () -> timeout(ofSeconds(2), () -> Offload.toThread(() -> sleepAndTell(why))));
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
          assertEquals(List.of("timeout: deadline of 2 s"), List.copyOf(why));
        });
  }

  private static void sleepAndTell(ConcurrentLinkedQueue<String> why) throws InterruptedException {
    try {
      sleep(ofSeconds(60));
    } catch (CancelledException e) {
      why.add(e.cancellation().reason());
      throw e;
    }
  }

  @Test
  void run_tasksStartedByTheWork_endBeforeItReturns() throws Exception {
    VirtualTime.run(
        root -> {
          List<Integer> results =
              Offload.toThread(
                  () ->
                      gather(
                          List.of(3, 1, 2),
                          i -> {
                            sleep(ofSeconds(i));
                            return i;
                          }));
          assertEquals(List.of(3, 1, 2), results);
          assertEquals(ofSeconds(3), VirtualTime.elapsed());
        });
  }

  @Test
  void pool_moreCallersThanThreads_serveThemInTurn() throws Exception {
    VirtualTime.run(
        root -> {
          try (var pool = Offload.pool("one", 1)) {
            var order = new ConcurrentLinkedQueue<Integer>();
            TaskGroup.run(
                group -> {
                  for (int i = 0; i < 5; i++) {
                    int number = i;
                    group.start(
                        () -> {
                          sleep(ofSeconds(number));
                          pool.run(
                              () -> {
                                order.add(number);
                                sleep(ofSeconds(10));
                              });
                        });
                  }
                  sleep(ofSeconds(5));
                  assertEquals(new Offload.Statistics(1, 1, 4, 0), pool.statistics());
                });
            assertEquals(List.of(0, 1, 2, 3, 4), List.copyOf(order));
            assertEquals(ofSeconds(50), VirtualTime.elapsed());
            assertEquals(IDLE_OF_1, pool.statistics());
          }
        });
  }

  @Test
  void pool_callerCancelledWhileItWaits_theWorkNeverBeginsAndNoPlaceIsLost() throws Exception {
    VirtualTime.run(
        root -> {
          try (var pool = Offload.pool("one", 1)) {
            var begun = new AtomicBoolean();
            TaskGroup.run(
                group -> {
                  group.start(() -> pool.run(() -> sleep(ofSeconds(10))));
                  sleep(ofSeconds(1));
                  assertThrows(
                      DeadlineExceededException.class,
                      () -> timeout(ofSeconds(2), () -> pool.run(() -> begun.set(true))));
                  assertEquals(ofSeconds(3), VirtualTime.elapsed());
                });
            assertFalse(begun.get());
            assertEquals(IDLE_OF_1, pool.statistics());
            pool.run(() -> begun.set(true));
            assertTrue(begun.get());
          }
        });
  }

  @Test
  void pool_manyCallers_useNoMoreThreadsThanItsSize() throws Exception {
    try (var pool = Offload.pool("three", 3)) {
      List<Thread> used =
          gather(
              IntStream.range(0, 300).boxed().toList(),
              i -> pool.run(() -> Thread.currentThread()));
      assertTrue(used.stream().distinct().count() <= 3);
      assertTrue(used.stream().allMatch(thread -> thread.getName().startsWith("three-")));
      assertTrue(used.stream().noneMatch(Thread::isVirtual));
    }
  }

  @Test
  void threads_limit_isKept() throws Exception {
    var two = Offload.threads(2);
    var running = new AtomicInteger();
    gather(
        IntStream.range(0, 50).boxed().toList(),
        i ->
            two.run(
                () -> {
                  int now = running.incrementAndGet();
                  Thread.yield();
                  running.decrementAndGet();
                  assertTrue(now <= 2);
                  return now;
                }));
    assertEquals(new Offload.Statistics(2, 0, 0, 0), two.statistics());
  }

  @Test
  void run_nestedInWorkOfTheSamePool_goesOnOnTheSameThread() throws Exception {
    try (var pool = Offload.pool("one", 1)) {
      pool.run(
          () -> {
            Thread outer = Thread.currentThread();
            pool.run(() -> pool.run(() -> assertSame(outer, Thread.currentThread())));
            assertNotSame(outer, Offload.cpu().run(Thread::currentThread));
          });
    }
  }

  @Test
  void cpu_tasksOfComputationsComputeInTurn_doNotWaitForEachOther() throws Exception {
    int size = Offload.cpu().statistics().size();
    assertEquals(Runtime.getRuntime().availableProcessors(), size);
    assertEquals(1 << 6, leaves(6));
    assertEquals(new Offload.Statistics(size, 0, 0, 0), Offload.cpu().statistics());
  }

  private static int leaves(int depth) throws InterruptedException {
    if (depth == 0) {
      return 1;
    }
    return Offload.cpu()
        .run(() -> gather(() -> leaves(depth - 1), () -> leaves(depth - 1), Integer::sum));
  }

  @Test
  void run_workLeavesTheFlagUp_theNextDoesNotSeeIt() throws Exception {
    try (var pool = Offload.pool("one", 1)) {
      Thread first =
          pool.run(
              () -> {
                Thread.currentThread().interrupt();
                return Thread.currentThread();
              });
      pool.run(
          () -> {
            assertSame(first, Thread.currentThread());
            assertFalse(Thread.interrupted());
          });
    }
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void run_workIsDone_everythingItDidIsVisible() throws Exception {
    int[] plain = {0};
    for (int i = 0; i < 1000; i++) {
      Offload.cpu().run(() -> plain[0]++);
      plain[0]++;
    }
    assertEquals(2000, plain[0]);
  }
}
