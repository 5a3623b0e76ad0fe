package dev.tandem.flow;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.TaskGroup;
import dev.tandem.testing.VirtualTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much the operators with tasks fetch while nobody asks for it: as much as they promise. */
final class FetchAheadTest {

  private final AtomicInteger fetched = new AtomicInteger();

  /** The numbers from 0, without end; what is fetched from any of these is counted. */
  private AsyncIterator<Integer> numbers() {
    return AsyncIterator.from(
        () -> Stream.iterate(0, i -> i + 1).peek(i -> fetched.incrementAndGet()).iterator());
  }

  /** However many have been taken, no more and no less are fetched ahead of them. */
  private void assertFetchesAhead(int expected, AsyncIterator<?> items) throws Exception {
    try (items) {
      for (int taken = 1; taken <= 20; taken++) {
        assertTrue(items.next().isPresent());
        sleep(ofSeconds(1));
        assertEquals(expected, fetched.get() - taken, "ahead of " + taken);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void buffer_fetchesItsRoomAndOneThatIsOnItsWay(int room) throws Exception {
    VirtualTime.run((TaskGroup _) -> assertFetchesAhead(room + 1, numbers().buffer(room)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void mergeAll_fetchesOneOfEach(int sources) throws Exception {
    VirtualTime.run(
        (TaskGroup _) ->
            assertFetchesAhead(
                sources,
                AsyncIterator.mergeAll(Stream.generate(this::numbers).limit(sources).toList())));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void flatMapMerge_fetchesOneOfEachThatIsOpen(int limit) throws Exception {
    VirtualTime.run(
        (TaskGroup _) ->
            assertFetchesAhead(
                limit, AsyncIterator.of(1, 2, 3, 4, 5).flatMapMerge(limit, i -> numbers())));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void groupBy_hasOneResultOfEachKeyAndOneElementThatIsHeldUp(int keys) throws Exception {
    VirtualTime.run(
        root -> {
          var results = new AtomicInteger();
          var items =
              numbers()
                  .<Integer, Integer, Exception>groupBy(
                      i -> i % keys, (key, own) -> own.onEach(i -> results.incrementAndGet()));
          assertFetchesAhead(keys + 1, items);
          assertEquals(keys + 20, results.get());
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void flatMapMerge_hasAsManyOpenAtOnceAsItsLimit(int limit) throws Exception {
    VirtualTime.run(
        root -> {
          var open = new AtomicInteger();
          var mostOpen = new AtomicInteger();
          List<Integer> all =
              numbers()
                  .take(42)
                  .flatMapMerge(
                      limit,
                      i -> {
                        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
                        return AsyncIterator.of(0, 1)
                            .onEach(j -> sleep(ofSeconds(1)))
                            .map(j -> 2 * i + j)
                            .onClose(open::decrementAndGet);
                      })
                  .toList();
          assertEquals(
              Stream.iterate(0, i -> i + 1).limit(84).toList(), all.stream().sorted().toList());
          assertEquals(limit, mostOpen.get());
          assertEquals(0, open.get());
          assertEquals(ofSeconds(84 / limit), VirtualTime.elapsed());
        });
  }
}
