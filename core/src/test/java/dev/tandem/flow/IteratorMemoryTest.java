package dev.tandem.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.TaskGroup;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Memory does not go with the number of elements. */
final class IteratorMemoryTest {

  private static final int ITEMS = 1_000_000;

  private record Item(int number) {}

  private final List<WeakReference<Item>> sample = Collections.synchronizedList(new ArrayList<>());

  private Item made(int number) {
    var item = new Item(number);
    if (number % 10_000 == 0) {
      sample.add(new WeakReference<>(item));
    }
    return item;
  }

  @Test
  void aMillionItemsThroughTenStages_areForgottenOnTheWay() throws Exception {
    TaskGroup.run(
        (TaskGroup group) -> {
          AsyncIterator<Item> items =
              AsyncIterator.from(IntStream.range(0, ITEMS).boxed())
                  .map(this::made)
                  .filter(item -> item.number() >= 0)
                  .onEach(item -> {})
                  .flatMap(List::of)
                  .buffer(100)
                  .mapConcurrent(64, item -> item)
                  .indexed()
                  .map(Indexed::item)
                  .chunk(10)
                  .flatMap(chunk -> chunk)
                  .takeWhile(item -> true);
          for (int i = 0; i < ITEMS - 1; i++) {
            assertEquals(i, items.next().orElseThrow().number());
          }
          // Some may be on the stacks of idle tasks, or in the last chunk.
          assertTrue(alive() <= 5, "alive " + alive() + " of " + sample.size());
          assertEquals(1, items.count());
        });
  }

  private long alive() {
    System.gc();
    return sample.stream().filter(reference -> !reference.refersTo(null)).count();
  }
}
