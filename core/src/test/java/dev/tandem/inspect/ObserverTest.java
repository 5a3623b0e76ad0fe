package dev.tandem.inspect;

import static dev.tandem.Tandem.gather;
import static dev.tandem.Tandem.moveOnAfter;
import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Cancellation;
import dev.tandem.LogCapture;
import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.TaskGroupException;
import dev.tandem.internal.RealRuntime;
import dev.tandem.sync.AsyncSemaphore;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ObserverTest {

  @Test
  void task_fromStartToEnd_isToldStepByStep() throws Exception {
    var notes = new Notes();
    VirtualTime.observedBy(notes)
        .run(
            (TaskGroup root) ->
                TaskGroup.run(
                    "crawl",
                    (TaskGroup group) -> {
                      group.start("page", () -> sleep(ofSeconds(2)));
                    }));
    assertEquals(
        List.of(
            "0 crawl/page spawned",
            "0 crawl/page started",
            "0 crawl/page waits for sleep",
            "2000 crawl/page TIMED_OUT",
            "2000 crawl/page SUCCEEDED"),
        notes.about("crawl/page"));
    assertEquals(
        List.of("0 GROUP  opened", "0 GROUP crawl opened", "2000 GROUP crawl closed"),
        notes.all().stream().filter(line -> line.contains("GROUP")).limit(3).toList());
  }

  @Test
  void thread_ofSomebodyElse_isATaskWhileItIsInScopes() throws Exception {
    var notes = new Notes();
    VirtualTime.observedBy(notes).run(group -> {});
    assertEquals("0  spawned", notes.all().get(0));
    assertEquals("0  started", notes.all().get(1));
    assertEquals("0  SUCCEEDED", notes.all().getLast());
  }

  @Test
  void parentAndGroup_ofATask_areThoseThatStartedIt() throws Exception {
    var notes = new Notes();
    VirtualTime.observedBy(notes)
        .run(
            (TaskGroup root) ->
                root.start(
                    "outer",
                    () ->
                        TaskGroup.run(
                            "inner",
                            (TaskGroup group) -> {
                              group.start("leaf", () -> 1);
                            })));
    ObservedTask leaf = notes.tasks.get("outer/inner/leaf");
    assertEquals("inner/leaf", leaf.name());
    assertEquals("outer", leaf.parent().orElseThrow().path());
    assertEquals("outer/inner", leaf.group().orElseThrow().path());
    assertSame(leaf.parent().orElseThrow(), leaf.group().orElseThrow().task());
    assertTrue(leaf.isInside(leaf.group().orElseThrow()));
  }

  @Test
  void gather_ofManyItems_isToldAsItemsAndNotAsThreads() throws Exception {
    var notes = new Notes();
    VirtualTime.observedBy(notes)
        .run(
            root -> {
              gather(IntStream.range(0, 20).boxed().toList(), item -> item);
            });
    List<String> spawned = notes.all().stream().filter(line -> line.contains("spawned")).toList();
    assertEquals(21, spawned.size(), spawned.toString());
    for (int i = 0; i < 20; i++) {
      assertEquals(
          List.of("spawned", "started", "SUCCEEDED"),
          notes.about("item#" + i).stream().map(ObserverTest::lastWord).toList());
    }
  }

  @Test
  void item_thatFails_isToldAsFailedAndTheOthersAsCancelled() throws Exception {
    var notes = new Notes();
    VirtualTime.observedBy(notes)
        .run(
            root -> {
              assertThrows(
                  IOException.class,
                  () ->
                      gather(
                          List.of(1, 2),
                          item -> {
                            sleep(ofSeconds(item));
                            throw new IOException("gone");
                          }));
            });
    assertEquals("1000 item#0 FAILED gone", notes.about("item#0").getLast());
    assertEquals("1000 item#1 CANCELLED", notes.about("item#1").getLast());
    assertTrue(notes.about("item#1").contains("1000 item#1 CANCELLED wait"));
  }

  @Test
  void task_thatFails_isToldAsFailedThoughItsGroupIsCancelledForIt() throws Exception {
    var notes = new Notes();
    assertThrows(
        TaskGroupException.class,
        () ->
            VirtualTime.observedBy(notes)
                .run(
                    (TaskGroup group) -> {
                      group.start(
                          "bad",
                          () -> {
                            throw new InterruptedException("of its own");
                          });
                    }));
    assertEquals("0 bad FAILED of its own", notes.about("bad").getLast());
  }

  @Test
  void task_thatIsCancelledBeforeItBegins_isSpawnedAndEndsButNeverStarts() throws Exception {
    var notes = new Notes();
    VirtualTime.observedBy(notes)
        .run(
            (TaskGroup group) -> {
              group.cancel("enough");
              group.start("late", () -> {});
            });
    assertEquals(
        List.of("spawned", "CANCELLED"),
        notes.about("late").stream().map(ObserverTest::lastWord).toList());
  }

  @Test
  void cancel_ofATask_isToldOnceWithReasonAndRequester() throws Exception {
    var notes = new Notes();
    VirtualTime.observedBy(notes)
        .run(
            (TaskGroup group) -> {
              Task<?> victim = group.start("victim", () -> sleep(ofSeconds(9)));
              group.start(
                  "judge",
                  () -> {
                    sleep(ofMillis(5));
                    victim.cancel("slow");
                    victim.cancel("very slow");
                  });
            });
    assertEquals(
        List.of("5 TASK victim cancel asked: slow (by judge)"),
        notes.all().stream().filter(line -> line.contains("cancel asked")).toList());
  }

  @Test
  void timeout_thatPasses_isToldAsScopeWithItsDeadlineAndItsCancellation() throws Exception {
    var notes = new Notes();
    VirtualTime.observedBy(notes)
        .run(
            root -> {
              sleep(ofMillis(3));
              moveOnAfter(ofMillis(100), () -> sleep(ofSeconds(1)));
            });
    assertEquals(
        List.of(
            "3 TIMEOUT  opened until 103",
            "103 TIMEOUT  cancel asked: timeout: deadline of 100 ms",
            "103 TIMEOUT  closed"),
        notes.all().stream().filter(line -> line.contains("TIMEOUT")).toList());
  }

  @Test
  void wait_forAPermit_isToldFromBeginToGrant() throws Exception {
    var notes = new Notes();
    VirtualTime.observedBy(notes)
        .run(
            (TaskGroup group) -> {
              var permits = AsyncSemaphore.of(1);
              for (String name : List.of("first", "second")) {
                group.start(
                    name,
                    () -> {
                      try (var _ = permits.acquire()) {
                        sleep(ofMillis(10));
                      }
                    });
              }
            });
    assertEquals("10 second GRANTED", notes.about("second").get(3));
    assertEquals(3, notes.about("first").indexOf("10 first TIMED_OUT"));
  }

  @Test
  void observer_thatThrows_harmsNobodyAndIsToldOfOnce() throws Exception {
    var calls = new AtomicInteger();
    var broken =
        new TaskObserver() {
          @Override
          public void taskStarted(Duration at, ObservedTask task) {
            calls.incrementAndGet();
            throw new AssertionError("broken");
          }
        };
    try (var log = new LogCapture("dev.tandem.inspect")) {
      List<Integer> results =
          VirtualTime.observedBy(broken)
              .run((TaskGroup root) -> gather(List.of(1, 2, 3), item -> item));
      assertEquals(List.of(1, 2, 3), results);
      assertEquals(1, log.records().size());
    }
    assertEquals(4, calls.get());
  }

  @Test
  void observer_thatWaitsItself_isNotToldOfThat() throws Exception {
    var waits = new AtomicInteger();
    var slow =
        new TaskObserver() {
          @Override
          public void waitBegan(Duration at, ObservedTask task, ObservedWait wait) {
            waits.incrementAndGet();
            try {
              sleep(ofMillis(1));
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
          }
        };
    VirtualTime.observedBy(slow)
        .run(
            (TaskGroup group) -> {
              group.start("a", () -> sleep(ofSeconds(1))).await();
            });
    assertEquals(2, waits.get());
  }

  @Test
  void observer_thatSwallowsAnInterrupt_doesNotTakeItFromTheTask() throws Exception {
    var greedy =
        new TaskObserver() {
          @Override
          public void waitBegan(Duration at, ObservedTask task, ObservedWait wait) {
            Thread.interrupted();
          }
        };
    try (var _ = Observation.of(greedy)) {
      TaskGroup.run(
          (TaskGroup group) -> {
            Thread.currentThread().interrupt();
            var never = new CountDownLatch(1);
            assertThrows(InterruptedException.class, never::await);
          });
    }
  }

  @Test
  void observation_inRealTime_seesWhatOtherThreadsDoUntilItIsClosed() throws Exception {
    var notes = new Notes();
    try (var _ = Observation.of(notes)) {
      TaskGroup.run(
          (TaskGroup group) -> {
            group.start("seen", () -> 1);
          });
    }
    assertEquals(3, notes.about("seen").size());
    TaskGroup.run(
        (TaskGroup group) -> {
          group.start("unseen", () -> 1);
        });
    assertEquals(List.of(), notes.about("unseen"));
    assertEquals(null, RealRuntime.INSTANCE.observer());
  }

  @Test
  void observation_ofAVirtualRun_seesThatRunOnly() throws Exception {
    var process = new Notes();
    var inside = new Notes();
    try (var _ = Observation.of(process)) {
      VirtualTime.run(
          (TaskGroup group) -> {
            try (var _ = Observation.of(inside)) {
              group.start("virtual", () -> 1).await();
            }
          });
      TaskGroup.run(
          (TaskGroup group) -> {
            group.start("real", () -> 1);
          });
    }
    assertEquals(List.of(), process.about("virtual"));
    assertEquals(3, inside.about("virtual").size());
    assertEquals(3, process.about("real").size());
    assertEquals(List.of(), inside.about("real"));
  }

  @Test
  void observation_thatComesLate_isToldOfTasksByWhatTheyDoNext() throws Exception {
    var notes = new Notes();
    VirtualTime.run(
        (TaskGroup group) -> {
          group.start("old", () -> sleep(ofSeconds(1)));
          sleep(ofMillis(1));
          var observation = Observation.of(notes);
          sleep(ofSeconds(2));
          observation.close();
        });
    assertEquals(List.of("1000 old SUCCEEDED"), notes.about("old"));
  }

  @Test
  void deadline_inRealTime_isToldByAThreadThatIsNotTheTimers() throws Exception {
    var toldBy = new ConcurrentHashMap<String, Thread>();
    var told = new CountDownLatch(1);
    var observer =
        new TaskObserver() {
          @Override
          public void cancelAsked(Duration at, ObservedScope scope, Cancellation why) {
            toldBy.put(scope.kind().name(), Thread.currentThread());
            told.countDown();
          }
        };
    try (var _ = Observation.of(observer)) {
      moveOnAfter(ofMillis(5), () -> sleep(ofSeconds(30)));
      told.await();
    }
    assertFalse(toldBy.get("TIMEOUT").getName().contains("timer"), toldBy.toString());
  }

  @Test
  void observers_whichAreTwo_areBothTold() throws Exception {
    var one = new Notes();
    var two = new Notes();
    VirtualTime.seed(3)
        .observedBy(one)
        .observedBy(two)
        .run((TaskGroup root) -> gather(List.of(1, 2, 3), item -> item));
    assertEquals(one.all(), two.all());
    assertFalse(one.all().isEmpty());
  }

  @Test
  void nullObserver_isRefused() {
    assertThrows(NullPointerException.class, () -> Observation.of(null));
    assertThrows(NullPointerException.class, () -> VirtualTime.observedBy(null));
  }

  private static String lastWord(String line) {
    return line.substring(line.lastIndexOf(' ') + 1);
  }
}
