package dev.tandem;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.sync.AsyncEvent;
import dev.tandem.sync.AsyncLock;
import dev.tandem.sync.AsyncSemaphore;
import dev.tandem.testing.DeadlockException;
import dev.tandem.testing.VirtualTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class WaitCycleTest {

  private final AsyncLock x = AsyncLock.create("x");
  private final AsyncLock y = AsyncLock.create("y");
  private final AsyncLock z = AsyncLock.create("z");

  @Test
  void dump_twoLocksInOppositeOrder_saysWhoWaitsForWhom() throws Exception {
    assertEquals(
        List.of("circle: a waits for lock 'y' held by b, which waits for lock 'x' held by a"),
        circles(
            group -> {
              group.start("a", () -> both(x, y));
              group.start("b", () -> both(y, x));
            }));
  }

  @Test
  void dump_threeLocksInACircle_saysWhoWaitsForWhom() throws Exception {
    assertEquals(
        List.of(
            "circle: a waits for lock 'y' held by b, which waits for lock 'z' held by c,"
                + " which waits for lock 'x' held by a"),
        circles(
            group -> {
              group.start("a", () -> both(x, y));
              group.start("b", () -> both(y, z));
              group.start("c", () -> both(z, x));
            }));
  }

  @Test
  void dump_twoCircles_showsBoth() throws Exception {
    assertEquals(
        2,
        circles(
                group -> {
                  group.start("a", () -> both(x, y));
                  group.start("b", () -> both(y, x));
                  Task<?>[] tasks = new Task<?>[2];
                  tasks[0] = group.start("c", () -> sleepThenAwait(tasks, 1));
                  tasks[1] = group.start("d", () -> sleepThenAwait(tasks, 0));
                })
            .size());
  }

  @Test
  void dump_tasksThatAwaitEachOther_saysSo() throws Exception {
    assertEquals(
        List.of("circle: c waits for task d, which waits for task c"),
        circles(
            group -> {
              Task<?>[] tasks = new Task<?>[2];
              tasks[0] = group.start("c", () -> sleepThenAwait(tasks, 1));
              tasks[1] = group.start("d", () -> sleepThenAwait(tasks, 0));
            }));
  }

  @Test
  void dump_ownerThatJoinsATaskThatWantsItsLock_saysSo() throws Exception {
    assertEquals(
        List.of("circle: a waits for task a/own, which waits for lock 'x' held by a"),
        circles(
            group ->
                group.start(
                    "a",
                    () ->
                        x.run(
                            () ->
                                TaskGroup.run(
                                    inner -> {
                                      inner.start("own", () -> x.lock());
                                    })))));
  }

  @Test
  void dump_daemonThatWantsTheLockOfWhoJoins_isNoCircle() throws Exception {
    assertEquals(
        List.of(),
        circles(
            group ->
                group.start(
                    "a",
                    () ->
                        x.run(
                            () ->
                                TaskGroup.run(
                                    inner -> {
                                      inner.startDaemon("own", () -> x.lock());
                                      inner.start("work", () -> sleep(ofSeconds(9)));
                                    })))));
  }

  @Test
  void dump_tasksThatWaitForWhatAnybodyMayBring_isNoCircle() throws Exception {
    var event = AsyncEvent.create();
    var gate = AsyncSemaphore.of(1);
    assertEquals(
        List.of(),
        circles(
            group -> {
              gate.acquire();
              group.start("a", () -> event.await());
              group.start("b", () -> gate.acquire());
            }));
  }

  @Test
  void deadlock_ofTwoLocks_isToldInWords() {
    var e =
        assertThrows(
            DeadlockException.class,
            () ->
                VirtualTime.run(
                    (TaskGroup group) -> {
                      group.start("a", () -> both(x, y));
                      group.start("b", () -> both(y, x));
                    }));
    assertEquals(
        """
        every task waits, and no deadline will wake one:
        the task group, 2 running  its body joins its tasks (2 running)
        ├─ a  waits for lock 'y' held by b
        └─ b  waits for lock 'x' held by a
        circle: a waits for lock 'y' held by b, which waits for lock 'x' held by a
        """,
        e.getMessage());
  }

  @Test
  void deadlock_ofABodyWithItsTask_isToldInWords() {
    var e =
        assertThrows(
            DeadlockException.class,
            () ->
                VirtualTime.run(
                    (TaskGroup group) -> {
                      x.lock();
                      group.start("a", () -> x.lock()).await();
                    }));
    String thread = Thread.currentThread().getName();
    assertTrue(
        e.getMessage()
            .contains(
                "circle: "
                    + thread
                    + " waits for task a, which waits for lock 'x' held by "
                    + thread),
        e.getMessage());
  }

  private static void both(AsyncLock first, AsyncLock second) throws Exception {
    first.run(
        () -> {
          sleep(ofSeconds(1));
          second.run(() -> {});
        });
  }

  private static void sleepThenAwait(Task<?>[] tasks, int which) throws Exception {
    sleep(ofSeconds(1));
    tasks[which].await();
  }

  /** The circles that are shown two seconds after {@code program} began. */
  private static List<String> circles(GroupAction<Exception> program) throws Exception {
    var dump = new AtomicReference<>("");
    VirtualTime.run(
        (TaskGroup root) ->
            TaskGroup.run(
                group -> {
                  program.run(group);
                  sleep(ofSeconds(2));
                  dump.set(group.dump());
                  group.cancel("seen");
                }));
    return dump.get().lines().filter(line -> line.startsWith("circle: ")).toList();
  }
}
