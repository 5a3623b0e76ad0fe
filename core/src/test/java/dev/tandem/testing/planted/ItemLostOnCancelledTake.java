package dev.tandem.testing.planted;

import static dev.tandem.Tandem.moveOnAfter;
import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.TaskGroup;
import dev.tandem.flow.AsyncQueue;
import java.util.Optional;

/** The take has succeeded when the time is up, and the next wait in it throws the item away. */
final class ItemLostOnCancelledTake extends Planted<ItemLostOnCancelledTake.Taking> {

  ItemLostOnCancelledTake() {
    super(
        "item lost on cancelled take",
        () -> ItemLostOnCancelledTake::wrongly,
        () -> ItemLostOnCancelledTake::rightly);
  }

  interface Taking {
    Optional<String> take(AsyncQueue<String> items, AsyncQueue<String> acknowledged)
        throws InterruptedException;
  }

  private static Optional<String> wrongly(AsyncQueue<String> items, AsyncQueue<String> acknowledged)
      throws InterruptedException {
    return moveOnAfter(
        ofSeconds(1),
        () -> {
          String item = items.take();
          acknowledged.put(item);
          return item;
        });
  }

  private static Optional<String> rightly(AsyncQueue<String> items, AsyncQueue<String> acknowledged)
      throws InterruptedException {
    Optional<String> item = items.poll(ofSeconds(1));
    if (item.isPresent()) {
      acknowledged.put(item.get());
    }
    return item;
  }

  @Override
  void program(TaskGroup around, Taking taking) throws InterruptedException {
    AsyncQueue<String> items = AsyncQueue.unbounded();
    AsyncQueue<String> acknowledged = AsyncQueue.unbounded();
    TaskGroup.run(
        (TaskGroup group) -> {
          group.start("takes", () -> taking.take(items, acknowledged));
          group.start(
              "puts",
              () -> {
                sleep(ofSeconds(1));
                items.put("item");
              });
        });
    assertEquals(1, items.size() + acknowledged.size(), "the item is somewhere");
  }
}
