package dev.tandem.flow;

import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.TaskGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Comparators of priority queues that do what they should not. */
@Timeout(60)
final class ComparatorTest {

  private boolean bad;
  private @Nullable Runnable deed;

  private final AsyncQueue<Integer> queue = AsyncQueue.priority(this::compare);

  private int compare(int one, int other) {
    // Items compared with themselves are looked at at the door, where the queue is not busy.
    if (bad && one != other && deed != null) {
      deed.run();
    }
    return Integer.compare(one, other);
  }

  private void fill() throws InterruptedException {
    for (int i = 5; i > 0; i--) {
      queue.put(i);
    }
    bad = true;
  }

  private void allIsThere(Integer... items) {
    bad = false;
    List<Integer> left = new ArrayList<>();
    queue.drainTo(left);
    assertEquals(List.of(items), left);
    assertEquals(items.length, queue.statistics().unfinished());
  }

  private void refused(Runnable use) throws InterruptedException {
    deed = use;
    fill();
    var put = assertThrows(IllegalStateException.class, () -> queue.put(0));
    assertTrue(String.valueOf(put.getMessage()).contains("comparator"), put.getMessage());
    assertThrows(IllegalStateException.class, () -> queue.offer(0));
    assertThrows(IllegalStateException.class, queue::poll);
    assertThrows(IllegalStateException.class, queue::take);
    allIsThere(1, 2, 3, 4, 5);
  }

  @Test
  void put_theComparatorAsksItsQueue_isRefusedAndNothingIsLost() throws Exception {
    refused(queue::size);
  }

  @Test
  void put_theComparatorPutsIntoItsQueue_isRefusedAndNothingIsLost() throws Exception {
    refused(() -> queue.offer(7));
  }

  @Test
  void put_theComparatorSelectsFromItsQueue_isRefusedAndTheOthersAreFree() throws Exception {
    var before = AsyncQueue.<Integer>unbounded();
    refused(
        () -> {
          try {
            Select.of(before.taking(), queue.taking()).poll();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
    assertTrue(before.offer(1));
  }

  @Test
  void shutdownNow_theComparatorAsksItsQueue_isRefusedAndNothingIsLost() throws Exception {
    deed = queue::size;
    fill();
    assertThrows(IllegalStateException.class, queue::shutdownNow);
    bad = false;
    assertEquals(List.of(1, 2, 3, 4, 5), queue.shutdownNow());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void select_theComparatorAsksAnotherOfItsQueues_isRefused(boolean first) throws Exception {
    var other = AsyncQueue.<Integer>bounded(1);
    var second = AsyncQueue.<Integer>priority(this::compare);
    deed = other::size;
    fill();
    var choice =
        first
            ? Select.<Integer, RuntimeException>of(queue.taking(), other.taking())
            : Select.<Integer, RuntimeException>of(other.taking(), queue.taking());
    assertThrows(IllegalStateException.class, choice::poll);
    assertTrue(other.offer(1), "its lock is free again");
    assertTrue(second.offer(1));
    allIsThere(1, 2, 3, 4, 5);
  }

  @Test
  void put_theComparatorAsksAQueueThatIsFree_isAnswered() throws Exception {
    var other = AsyncQueue.<Integer>unbounded();
    deed = other::size;
    fill();
    queue.put(0);
    assertEquals(Optional.of(0), queue.poll());
    queue.taskDone();
    allIsThere(1, 2, 3, 4, 5);
  }

  @Test
  void select_afterAPutByAClause_theQueuesAreStillGuarded() throws Exception {
    deed = queue::size;
    fill();
    var full = AsyncQueue.<Integer>bounded(1);
    full.put(1);
    assertThrows(
        IllegalStateException.class,
        () -> Select.<Integer, RuntimeException>of(full.putting(2), queue.putting(0)).poll());
    allIsThere(1, 2, 3, 4, 5);
    assertEquals(1, full.size());
  }

  @Test
  void take_theComparatorThrowsWhatItMayNot_thePuttersItemIsNotLost() throws Exception {
    var small = AsyncQueue.<Integer>priority(this::compare, 2);
    var unchecked = new Exception("sneaked through");
    small.put(2);
    small.put(3);
    TaskGroup.run(
        (TaskGroup group) -> {
          group.start("putter", () -> small.put(1));
          timeout(
              ofSeconds(20),
              () -> {
                while (small.statistics().waitingPutters() == 0) {
                  Thread.onSpinWait();
                }
                return 0;
              });
          deed =
              () -> {
                throw Sneaky.undeclared(unchecked);
              };
          bad = true;
          // Of two items one is left, which need not be compared to be next.
          assertEquals(2, small.take());
          bad = false;
        });
    List<Integer> left = new ArrayList<>();
    small.drainTo(left);
    assertEquals(List.of(1, 3), left.stream().sorted().toList());
  }

  @Test
  void put_theComparatorThrows_nothingIsLostAndTheQueueIsFree() throws Exception {
    var mine = new IllegalStateException("mine");
    deed =
        () -> {
          throw mine;
        };
    fill();
    assertSame(mine, assertThrows(IllegalStateException.class, () -> queue.put(0)));
    assertSame(mine, assertThrows(IllegalStateException.class, queue::take));
    allIsThere(1, 2, 3, 4, 5);
  }
}
