package dev.tandem.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.GroupAction;
import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With a seed a task may be made to wait where it need not, but might have to. */
final class SwitchTest {

  @Test
  void explore_locksInOppositeOrderWithoutAWaitBetween_areFound() {
    GroupAction<Exception> opposite = SeedsTest.locksInOppositeOrder(() -> {});
    var found = assertThrows(SeedFailedError.class, () -> VirtualTime.explore(100, opposite));
    assertInstanceOf(DeadlockException.class, found.getCause());
  }

  @Test
  void explore_checkThenAct_isFound() {
    GroupAction<Exception> hasty =
        group -> {
          var left = new int[] {1};
          for (int i = 0; i < 2; i++) {
            group.start(
                () -> {
                  if (left[0] > 0) {
                    Tandem.checkpoint();
                    left[0]--;
                    assertEquals(0, left[0], "sold twice");
                  }
                });
          }
        };
    assertThrows(SeedFailedError.class, () -> VirtualTime.explore(100, hasty));
  }

  @Test
  void run_inOrder_nobodyIsMadeToWait() throws Exception {
    List<String> order = new ArrayList<>();
    VirtualTime.run(
        (TaskGroup group) -> {
          for (String name : List.of("a", "b")) {
            group.start(
                () -> {
                  order.add(name);
                  Tandem.checkpoint();
                  order.add(name);
                });
          }
        });
    assertEquals(List.of("a", "a", "b", "b"), order);
  }

  @Test
  void seed_same_switchesTheSame() throws Exception {
    for (long seed = 0; seed < 20; seed++) {
      assertEquals(order(seed), order(seed));
    }
  }

  private static List<Integer> order(long seed) throws InterruptedException {
    List<Integer> order = new ArrayList<>();
    VirtualTime.seed(seed)
        .run(
            (TaskGroup group) -> {
              for (int i = 0; i < 5; i++) {
                int number = i;
                group.start(
                    () -> {
                      for (int round = 0; round < 5; round++) {
                        order.add(number);
                        Tandem.checkpoint();
                      }
                    });
              }
            });
    return order;
  }

  @Test
  void checkpoint_interruptedFromOutsideWhileOthersGoOn_isToldOfOnce() throws Exception {
    for (long seed = 0; seed < 50; seed++) {
      List<Throwable> told = new ArrayList<>();
      VirtualTime.seed(seed)
          .run(
              (TaskGroup group) -> {
                Thread body = Thread.currentThread();
                group.start(() -> body.interrupt());
                for (int i = 0; i < 20; i++) {
                  try {
                    Tandem.checkpoint();
                  } catch (InterruptedException outside) {
                    told.add(outside);
                  }
                }
                try {
                  Tandem.sleep(Duration.ofSeconds(1));
                } catch (InterruptedException outside) {
                  told.add(outside);
                }
              });
      assertEquals(1, told.size());
      assertTrue(!Thread.interrupted());
    }
  }
}
