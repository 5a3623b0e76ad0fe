package dev.tandem.flow;

import static dev.tandem.Stress.micros;
import static dev.tandem.Stress.pause;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.CancelledException;
import dev.tandem.ItemWork;
import dev.tandem.Stress;
import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The consumer is interrupted and cut short at random moments, and goes on: every element comes
 * once, in order where there is one. Then it leaves at a random moment: nothing runs any more.
 */
@Tag("stress")
final class IteratorStressTest {

  private static final List<Integer> ALL = IntStream.range(0, 100).boxed().toList();

  record Pipeline(
      String name, boolean ordered, boolean fetchesAhead, ItemWork<Source, Out, Exception> made) {
    @Override
    public String toString() {
      return name;
    }
  }

  interface Out {
    AsyncIterator<Integer> items();
  }

  record Source(AsyncIterator<Integer> items) {}

  static Stream<Pipeline> pipelines() {
    return Stream.of(
        direct("queue", items -> items),
        direct("map", items -> items.map(IteratorStressTest::worked)),
        direct("filter", items -> items.filter(i -> worked(i) >= 0)),
        direct("onEach", items -> items.onEach(IteratorStressTest::worked)),
        direct("flatMap", items -> items.flatMap(i -> List.of(worked(i)))),
        direct("indexed", items -> items.indexed().map(Indexed::item)),
        direct("take", items -> items.take(1000)),
        direct("concat", items -> AsyncIterator.<Integer>of().concat(items)),
        direct("throttle", items -> items.throttle(Duration.ofNanos(1000))),
        ahead("chunk", true, items -> items.chunk(7).flatMap(chunk -> chunk)),
        ahead(
            "window",
            true,
            items -> items.window(3, 3).concat(List.of(List.of(99))).flatMap(w -> w)),
        ahead("zip", true, items -> items.zip(ALL, (a, b) -> a)),
        ahead(
            "chunk in time",
            true,
            items -> items.chunk(7, Duration.ofNanos(50_000)).flatMap(chunk -> chunk)),
        ahead("buffer", true, items -> items.buffer(3)),
        ahead("generate", true, IteratorStressTest::generated),
        ahead("share", true, items -> items.share(2).subscribe()),
        ahead("merge", false, items -> items.merge(AsyncIterator.of())),
        ahead("mapConcurrent", true, items -> items.mapConcurrent(4, IteratorStressTest::slowed)),
        ahead(
            "mapConcurrentUnordered",
            false,
            items -> items.mapConcurrentUnordered(4, IteratorStressTest::slowed)),
        ahead("flatMapMerge", false, items -> items.flatMapMerge(3, i -> List.of(slowed(i)))),
        ahead("groupBy", false, items -> items.groupBy(i -> i % 3, (key, own) -> own)),
        ahead(
            "all",
            false,
            items ->
                items
                    .map(IteratorStressTest::worked)
                    .buffer(2)
                    .mapConcurrent(3, IteratorStressTest::slowed)
                    .chunk(3)
                    .flatMapMerge(2, chunk -> chunk)
                    .merge(AsyncIterator.of())));
  }

  private static Pipeline direct(
      String name, ItemWork<AsyncIterator<Integer>, AsyncIterator<Integer>, Exception> made) {
    return new Pipeline(name, true, false, source -> out(made.run(source.items)));
  }

  private static Pipeline ahead(
      String name,
      boolean ordered,
      ItemWork<AsyncIterator<Integer>, AsyncIterator<Integer>, Exception> made) {
    return new Pipeline(name, ordered, true, source -> out(made.run(source.items)));
  }

  private static Out out(AsyncIterator<Integer> items) {
    return () -> items;
  }

  private static AsyncIterator<Integer> generated(AsyncIterator<Integer> items)
      throws InterruptedException {
    return AsyncIterator.generate(out -> items.consume(out::emit));
  }

  private static int worked(int item) {
    if (chance(20)) {
      pause(10);
    }
    return item;
  }

  private static int slowed(int item) throws InterruptedException {
    if (chance(4)) {
      Tandem.sleep(micros(30));
    }
    return worked(item);
  }

  private static boolean chance(int oneIn) {
    return ThreadLocalRandom.current().nextInt(oneIn) == 0;
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void disturbed_everyElementComesOnce(Pipeline pipeline) throws Exception {
    Stress.repeat(
        () -> {
          var queue = filled();
          List<Integer> got = new ArrayList<>();
          disturb(
              () -> {
                try (var items = pipeline.made.run(new Source(AsyncIterator.from(queue))).items()) {
                  take(items, got, Integer.MAX_VALUE);
                }
              });
          assertEquals(ALL, pipeline.ordered ? got : got.stream().sorted().toList());
        });
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void disturbedAndLeft_theRestIsStillInTheQueue(Pipeline pipeline) throws Exception {
    Stress.repeat(
        () -> {
          var queue = filled();
          List<Integer> got = new ArrayList<>();
          int most = ThreadLocalRandom.current().nextInt(30);
          disturb(
              () -> {
                try (var items = pipeline.made.run(new Source(AsyncIterator.from(queue))).items()) {
                  take(items, got, most);
                }
                // Whatever fetched ahead has ended with the loop.
                int left = queue.size();
                pause(20);
                assertEquals(left, queue.size());
              });
          assertEquals(got.size(), got.stream().distinct().count());
          List<Integer> left = queue.shutdownNow();
          if (pipeline.fetchesAhead) {
            assertTrue(got.size() + left.size() <= ALL.size());
          } else {
            got.addAll(left);
            assertEquals(ALL, got);
          }
        });
  }

  private static AsyncQueue<Integer> filled() throws InterruptedException {
    var queue = AsyncQueue.<Integer>unbounded();
    for (int item : ALL) {
      queue.put(item);
    }
    queue.shutdown();
    return queue;
  }

  private static void take(AsyncIterator<Integer> items, List<Integer> got, int most) {
    while (got.size() < most) {
      try {
        Optional<Optional<Integer>> next =
            chance(2) ? Tandem.moveOnAfter(micros(200), items::next) : Optional.of(items.next());
        if (next.isPresent()) {
          if (next.get().isEmpty()) {
            return;
          }
          got.add(next.get().get());
        }
      } catch (InterruptedException disturbed) {
        assertFalse(disturbed instanceof CancelledException);
      }
    }
  }

  private interface Body {
    void run() throws Exception;
  }

  /** Runs it in a scope on a virtual thread that another interrupts now and then. */
  private static void disturb(Body body) throws Exception {
    var wrong = new AtomicReference<@Nullable Throwable>();
    var over = new AtomicBoolean();
    Thread victim =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    TaskGroup.run((TaskGroup group) -> body.run());
                  } catch (InterruptedException late) {
                    // It came when the loop was left.
                    over.set(true);
                  } catch (Throwable failure) {
                    wrong.set(failure);
                  } finally {
                    over.set(true);
                  }
                });
    Thread disturber =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!over.get()) {
                    pause(200);
                    victim.interrupt();
                  }
                });
    victim.join();
    disturber.join();
    if (wrong.get() != null) {
      throw new AssertionError(wrong.get());
    }
  }
}
