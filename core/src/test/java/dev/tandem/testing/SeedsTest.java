package dev.tandem.testing;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Action;
import dev.tandem.GroupAction;
import dev.tandem.TaskGroup;
import dev.tandem.TaskGroupException;
import dev.tandem.sync.AsyncLock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Seeds choose the order in which tasks go on; a seed chooses the same one each time. */
final class SeedsTest {

  private static List<Integer> order(long seed) throws InterruptedException {
    List<Integer> order = new ArrayList<>();
    VirtualTime.seed(seed)
        .run(
            (TaskGroup root) -> {
              for (int i = 0; i < 10; i++) {
                int number = i;
                root.start(
                    () -> {
                      order.add(number);
                      sleep(ofSeconds(1));
                      order.add(number);
                    });
              }
            });
    return order;
  }

  @Test
  void seed_same_ordersTheSame() throws Exception {
    for (long seed = 0; seed < 50; seed++) {
      assertEquals(order(seed), order(seed));
    }
  }

  @Test
  void seed_others_orderOtherwise() throws Exception {
    Set<List<Integer>> orders = new HashSet<>();
    for (long seed = 0; seed < 50; seed++) {
      orders.add(order(seed));
    }
    assertTrue(orders.size() > 40, () -> "of 50 seeds only so many orders: " + orders.size());
  }

  @Test
  void seed_timeIsAsExact() throws Exception {
    for (long seed = 0; seed < 20; seed++) {
      VirtualTime.seed(seed)
          .run(
              (TaskGroup root) -> {
                root.start(() -> sleep(ofSeconds(3)));
                sleep(ofSeconds(2));
                assertEquals(ofSeconds(2), VirtualTime.elapsed());
              });
    }
  }

  /** Two tasks that take two locks, each in its own order, and do {@code between} in between. */
  static GroupAction<Exception> locksInOppositeOrder(Action<InterruptedException> between) {
    return group -> {
      var one = AsyncLock.create();
      var two = AsyncLock.create();
      group.start(() -> lockBoth(one, two, between));
      group.start(() -> lockBoth(two, one, between));
    };
  }

  private static void lockBoth(
      AsyncLock first, AsyncLock second, Action<InterruptedException> between)
      throws InterruptedException {
    try (var _ = first.lock()) {
      between.run();
      try (var _ = second.lock()) {
        between.run();
      }
    }
  }

  @Test
  void explore_locksInOppositeOrder_findsTheDeadlockAndHowToSeeItAgain() {
    GroupAction<Exception> opposite = locksInOppositeOrder(() -> sleep(ofSeconds(1)));
    var found = assertThrows(SeedFailedError.class, () -> VirtualTime.explore(100, opposite));
    assertInstanceOf(DeadlockException.class, found.getCause());
    assertThrows(DeadlockException.class, () -> VirtualTime.seed(found.seed()).run(opposite));
    assertTrue(String.valueOf(found.getMessage()).contains("seed(" + found.seed() + ")"));
  }

  @Test
  void explore_reliesOnWhoIsStartedFirst_isFoundOut() {
    GroupAction<Exception> hasty =
        group -> {
          var ready = new AtomicBoolean();
          group.start(() -> ready.set(true));
          group.start(() -> assertTrue(ready.get(), "not ready"));
        };
    var found = assertThrows(SeedFailedError.class, () -> VirtualTime.explore(100, hasty));
    assertInstanceOf(TaskGroupException.class, found.getCause());
  }

  @Test
  void explore_neverFails_runsWithEachSeed() throws Exception {
    List<String> runs = new ArrayList<>();
    VirtualTime.explore(7, (TaskGroup group) -> runs.add("run"));
    assertEquals(7, runs.size());
  }

  @Test
  void explore_programInterruptsItself_seedIsNamed() {
    var told =
        assertThrows(
            InterruptedException.class,
            () ->
                VirtualTime.explore(
                    3,
                    (TaskGroup group) -> {
                      throw new InterruptedException("by itself");
                    }));
    assertEquals("by itself", told.getMessage());
    assertEquals(
        "seed 0, one of 3, was interrupted, perhaps by itself;"
            + " VirtualTime.seed(0).run(...) does so again",
        told.getSuppressed()[0].getMessage());
  }

  @Test
  void explore_badArguments_areRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> VirtualTime.explore(0, (TaskGroup group) -> {}));
    assertThrows(NullPointerException.class, () -> VirtualTime.explore(1, null));
  }
}
