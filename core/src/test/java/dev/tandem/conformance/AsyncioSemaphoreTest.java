package dev.tandem.conformance;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Task;
import dev.tandem.TaskCancelledException;
import dev.tandem.TaskGroup;
import dev.tandem.sync.AsyncSemaphore;
import dev.tandem.sync.Permit;
import dev.tandem.testing.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The cases of asyncio's tests of semaphores. */
final class AsyncioSemaphoreTest {

  private final List<Object> result = new ArrayList<>();

  /** Starts tasks that take a permit and keep it, one behind the other. */
  private List<Task<?>> startTakers(TaskGroup group, AsyncSemaphore gate, int count)
      throws InterruptedException {
    var tasks = new ArrayList<Task<?>>();
    for (int i = 1; i <= count; i++) {
      int number = i;
      tasks.add(
          group.start(
              () -> {
                gate.acquire();
                result.add(number);
              }));
      sleep(ofMillis(1));
    }
    return tasks;
  }

  @Test
  void acquire_moreTasksThanPermits_eachPermitThatComesBackLetsOneIn() throws Exception {
    VirtualTime.run(
        root -> {
          var gate = AsyncSemaphore.of(3);
          Permit first = gate.acquire();
          Permit second = gate.acquire();
          List<Task<?>> tasks = startTakers(root, gate, 4);
          assertEquals(List.of(1), result);
          assertEquals(new AsyncSemaphore.Statistics(3, 0, 3), gate.statistics());
          first.close();
          second.close();
          sleep(ofMillis(1));
          assertEquals(List.of(1, 2, 3), result);
          assertEquals(new AsyncSemaphore.Statistics(3, 0, 1), gate.statistics());
          tasks.getLast().cancel("test");
        });
  }

  @Test
  void cancel_twoWhoWaitFirst_thePermitGoesToTheThird() throws Exception {
    VirtualTime.run(
        root -> {
          var gate = AsyncSemaphore.of(1);
          Permit held = gate.acquire();
          List<Task<?>> tasks = startTakers(root, gate, 4);
          tasks.get(0).cancel("test");
          tasks.get(1).cancel("test");
          held.close();
          tasks.get(2).await();
          sleep(ofMillis(1));
          assertEquals(List.of(3), result);
          assertEquals(1, gate.statistics().waiting());
          tasks.get(3).cancel("test");
        });
  }

  @Test
  void cancel_theFirstAndGiveBack_theSecondIsServed() throws Exception {
    VirtualTime.run(
        root -> {
          var gate = AsyncSemaphore.of(1);
          Permit held = gate.acquire();
          List<Task<?>> tasks = startTakers(root, gate, 2);
          tasks.get(0).cancel("test");
          held.close();
          tasks.get(1).await();
          assertEquals(0, gate.statistics().available());
        });
  }

  /** gh-90155: who is cancelled when it has just been given the permit gives it back. */
  @Test
  void cancel_whoHasJustBeenGivenThePermit_thePermitIsNotLost() throws Exception {
    VirtualTime.run(
        root -> {
          var gate = AsyncSemaphore.of(1);
          Permit held = gate.acquire();
          Task<?> second =
              root.start(
                  () -> {
                    try (var _ = gate.acquire()) {
                      sleep(ofSeconds(60));
                    }
                  });
          sleep(ofSeconds(1));
          held.close();
          second.cancel("test");
          assertThrows(TaskCancelledException.class, second::await);
          assertTrue(gate.tryAcquire(ofSeconds(1)).isPresent());
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }

  @Test
  void acquire_againAfterGivingBack_isBehindThoseWhoWait() throws Exception {
    VirtualTime.run(
        root -> {
          var gate = AsyncSemaphore.of(1);
          for (String tag : List.of("c1", "c2", "c3")) {
            root.start(
                () -> {
                  for (int turn = 1; turn <= 2; turn++) {
                    try (var _ = gate.acquire()) {
                      result.add(tag + "_" + turn);
                      sleep(ofMillis(10));
                    }
                  }
                });
            sleep(ofMillis(1));
          }
          sleep(ofSeconds(1));
          assertEquals(List.of("c1_1", "c2_1", "c3_1", "c1_2", "c2_2", "c3_2"), result);
        });
  }

  @Test
  void acquire_severalPermitsComeBackAtOnce_asManyAreServedInOrder() throws Exception {
    VirtualTime.run(
        root -> {
          var gate = AsyncSemaphore.of(3);
          Permit held = gate.acquire(3);
          startTakers(root, gate, 3);
          held.close();
          assertEquals(new AsyncSemaphore.Statistics(3, 0, 0), gate.statistics());
          sleep(ofMillis(1));
          assertEquals(List.of(1, 2, 3), result.stream().sorted().toList());
        });
  }

  @Test
  void cancel_theFirstOfThree_theOthersAreServedInOrder() throws Exception {
    VirtualTime.run(
        root -> {
          var gate = AsyncSemaphore.of(2);
          Permit one = gate.acquire();
          Permit two = gate.acquire();
          List<Task<?>> tasks = startTakers(root, gate, 3);
          tasks.getFirst().cancel("test");
          sleep(ofMillis(1));
          one.close();
          sleep(ofMillis(1));
          two.close();
          sleep(ofMillis(1));
          assertEquals(List.of(2, 3), result);
        });
  }
}
