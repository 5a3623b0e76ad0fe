package dev.tandem.inspect;

import static dev.tandem.Tandem.gather;
import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Stress;
import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.flow.AsyncQueue;
import dev.tandem.sync.AsyncLock;
import dev.tandem.sync.AsyncSemaphore;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Trees are taken while tasks begin, wait, are cancelled and end. */
@Tag("stress")
final class TreeStressTest {

  private final AsyncSemaphore gate = AsyncSemaphore.of("gate", 3);
  private final AsyncLock lock = AsyncLock.create("lock");
  private final AsyncLock other = AsyncLock.create("other");
  private final AsyncQueue<Integer> queue = AsyncQueue.bounded(2);

  @Test
  void live_whileTasksComeAndGo_isWholeAndFindsNoCircle() throws Exception {
    List<Integer> numbers = IntStream.range(0, 50).boxed().toList();
    TaskGroup.run(
        "crowd",
        (TaskGroup group) -> {
          group.startDaemon("queue", () -> queue.forEach(item -> {}));
          group.startDaemon("crowd", () -> churn(numbers));
          group.startDaemon("locks", () -> churn(numbers));
          Stress.repeat(
              () -> {
                TaskTree tree = TaskTree.live(500);
                // Two locks, always taken in the same order.
                assertEquals(List.of(), tree.circles(), tree.text());
                assertTrue(tree.roots().stream().flatMap(TaskNode::all).count() <= 540);
                assertTrue(tree.json().endsWith("}"));
              });
          group.cancel("seen");
        });
  }

  private void churn(List<Integer> numbers) throws Exception {
    while (true) {
      gather(numbers, number -> act());
      TaskGroup.run(
          "some",
          some -> {
            for (int i = 0; i < 10; i++) {
              Task<?> task = some.start("t" + i, () -> act());
              if (i % 3 == 0) {
                task.cancel("at random");
              }
            }
          });
    }
  }

  private int act() throws Exception {
    switch (ThreadLocalRandom.current().nextInt(5)) {
      case 0 -> gate.run(() -> sleep(ofNanos(1000)));
      case 1 -> lock.run(() -> other.run(() -> sleep(ofNanos(1000))));
      case 2 -> queue.put(1);
      case 3 -> timeout(ofSeconds(1), () -> other.run(() -> {}));
      default -> Thread.yield();
    }
    return 1;
  }
}
