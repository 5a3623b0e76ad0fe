package dev.tandem.flow;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.ItemWork;
import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever way a loop ends, every stage is closed once, from the consumer's end to the source, and
 * nothing of it runs any more.
 */
final class ClosingOrderTest {

  /** One operator between a source and the consumer; the work is its function, if it has one. */
  record Operator(String name, boolean hasFunction, Apply apply) {
    /** Whether it closes its source itself when that has no more elements. */
    boolean closesEarly() {
      return name.equals("generate") || name.equals("concat");
    }

    boolean isShort() {
      return name.equals("take") || name.equals("zip");
    }

    @Override
    public String toString() {
      return name;
    }
  }

  interface Apply {
    AsyncIterator<?> to(AsyncIterator<Integer> source, ItemWork<Integer, Integer, IOException> work)
        throws Exception;
  }

  static Stream<Operator> operators() {
    return Stream.of(
        with("map", (source, work) -> source.map(work)),
        with("filter", (source, work) -> source.filter(i -> work.run(i) >= 0)),
        with("flatMap", (source, work) -> source.flatMap(i -> List.of(work.run(i)))),
        with(
            "onEach",
            (source, work) ->
                source.onEach(
                    i -> {
                      work.run(i);
                    })),
        without("take", source -> source.take(3)),
        without("take all", source -> source.take(100)),
        with("takeWhile", (source, work) -> source.takeWhile(i -> work.run(i) < 100)),
        without("skip", source -> source.skip(1)),
        without("indexed", AsyncIterator::indexed),
        with("scan", (source, work) -> source.scan(0, (sum, i) -> sum + work.run(i))),
        without("distinct", AsyncIterator::distinct),
        with("distinctBy", (source, work) -> source.distinctBy(work)),
        without("chunk", source -> source.chunk(2)),
        without("chunk in time", source -> source.chunk(2, ofMillis(1500))),
        without("window", source -> source.window(2)),
        without("concat", source -> source.concat(List.of(9))),
        without("zip", source -> source.zip(List.of(1, 2, 3), Integer::sum)),
        with("mapConcurrent", (source, work) -> source.mapConcurrent(3, work)),
        with("mapConcurrentUnordered", (source, work) -> source.mapConcurrentUnordered(3, work)),
        with("flatMapMerge", (source, work) -> source.flatMapMerge(2, i -> List.of(work.run(i)))),
        with(
            "groupBy",
            (source, work) ->
                source.groupBy(i -> work.run(i) % 2, (key, own) -> own.map(i -> key + i))),
        without("merge", source -> source.merge(List.of(9))),
        without("buffer", source -> source.buffer(2)),
        without("debounce", source -> source.debounce(ofMillis(500))),
        without("throttle", source -> source.throttle(ofNanos(1))),
        without("timeoutEach", source -> source.timeoutEach(ofDays(1))),
        without("retryEach", source -> source.retryEach(0, ofSeconds(1))),
        without("share", source -> source.share(1).subscribe()),
        without("generate", ClosingOrderTest::regenerated));
  }

  private static Operator with(String name, Apply apply) {
    return new Operator(name, true, apply);
  }

  private static Operator without(
      String name, ItemWork<AsyncIterator<Integer>, AsyncIterator<?>, Exception> apply) {
    return new Operator(name, false, (source, work) -> apply.run(source));
  }

  /** A generator that reads from another iterator, as in Python. */
  private static AsyncIterator<Integer> regenerated(AsyncIterator<Integer> source)
      throws InterruptedException {
    return AsyncIterator.generate(
        out -> {
          try (source) {
            for (int i : source) {
              out.emit(i);
            }
          }
        });
  }

  private final List<String> log = Probe.log();

  @ParameterizedTest
  @MethodSource("operators")
  void exhausted(Operator operator) throws Exception {
    VirtualTime.run(
        root -> {
          AsyncIterator<?> items = pipeline(operator, Probe.of("source", 4, log), i -> i);
          items.forEach(item -> assertFalse(log.contains("close end")));
          assertClosedInOrder(operator, root);
          items.close();
          assertClosedInOrder(operator, root);
        });
  }

  @ParameterizedTest
  @MethodSource("operators")
  void leftEarly(Operator operator) throws Exception {
    VirtualTime.run(
        root -> {
          try (var items = pipeline(operator, Probe.of("source", 1000, log), i -> i)) {
            assertTrue(items.next().isPresent());
            assertEquals(List.of("open source"), log);
          }
          assertClosedInOrder(operator, root);
        });
  }

  @ParameterizedTest
  @MethodSource("operators")
  void leftToTheScope(Operator operator) throws Exception {
    VirtualTime.run(
        root -> {
          Tandem.timeout(
              ofDays(1),
              () -> {
                var items = pipeline(operator, Probe.of("source", 1000, log), i -> i);
                assertTrue(items.next().isPresent());
              });
          assertClosedInOrder(operator, root);
        });
  }

  @ParameterizedTest
  @MethodSource("operators")
  void neverAsked(Operator operator) throws Exception {
    VirtualTime.run(
        root -> {
          pipeline(operator, Probe.of("source", 1000, log), i -> i).close();
          if (!operator.name.equals("generate") && !operator.name.equals("share")) {
            assertEquals(List.of("close end", "close source"), log);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("operators")
  void functionFails(Operator operator) throws Exception {
    if (!operator.hasFunction) {
      return;
    }
    var broken = new IOException("broken");
    VirtualTime.run(
        root -> {
          AsyncIterator<?> items =
              pipeline(
                  operator,
                  Probe.of("source", 1000, log),
                  i -> {
                    if (i == 2) {
                      throw broken;
                    }
                    return i;
                  });
          assertSame(broken, failureOf(items));
          assertClosedInOrder(operator, root);
          assertFalse(items.iterator().hasNext());
        });
  }

  @ParameterizedTest
  @MethodSource("operators")
  void consumerFails(Operator operator) throws Exception {
    VirtualTime.run(
        root -> {
          AsyncIterator<?> items = pipeline(operator, Probe.of("source", 1000, log), i -> i);
          var broken = new IOException("broken");
          var thrown =
              assertThrows(
                  IOException.class,
                  () ->
                      items.consume(
                          item -> {
                            throw broken;
                          }));
          assertSame(broken, thrown);
          assertClosedInOrder(operator, root);
        });
  }

  @ParameterizedTest
  @MethodSource("operators")
  void sourceFails(Operator operator) throws Exception {
    VirtualTime.run(
        root -> {
          var source = Probe.of("source", 1000, log).failingAt(1);
          source.failsToClose = new IllegalStateException("cannot close");
          AsyncIterator<?> items = pipeline(operator, source, i -> i);
          Throwable thrown = failureOf(items);
          assertEquals("source failed", thrown.getMessage());
          assertClosedInOrder(operator, root);
          if (!operator.name.equals("share")) {
            assertEquals(List.of(source.failsToClose), List.of(thrown.getSuppressed()));
          }
        });
  }

  @ParameterizedTest
  @MethodSource("operators")
  void cancelled(Operator operator) throws Exception {
    VirtualTime.run(
        root -> {
          boolean done =
              Tandem.moveOnAfter(
                  ofMillis(5500),
                  () -> {
                    try (var items =
                        pipeline(operator, Probe.of("source", 1_000_000, log), i -> i)) {
                      // Some operators end after a few elements; then there is nothing to cancel.
                      items.forEach(item -> {});
                    }
                  });
          assertEquals(operator.isShort(), done);
          assertClosedInOrder(operator, root);
        });
  }

  private AsyncIterator<?> pipeline(
      Operator operator, Probe source, ItemWork<Integer, Integer, IOException> work)
      throws Exception {
    AsyncIterator<?> items = operator.apply.to(source, work);
    return items.onClose(() -> log.add("close end"));
  }

  private static Throwable failureOf(AsyncIterator<?> items) {
    @Nullable Throwable thrown = null;
    try {
      while (items.next().isPresent()) {
        // Only how it ends is of interest.
      }
    } catch (Throwable failure) {
      thrown = failure;
    }
    if (thrown == null) {
      throw new AssertionError("nothing failed");
    }
    return thrown;
  }

  private void assertClosedInOrder(Operator operator, TaskGroup root) {
    if (operator.name.equals("share")) {
      // Readers come and go; what is shared is closed with it, or with the scope.
      assertEquals(1, log.stream().filter(line -> line.equals("close end")).count());
      return;
    }
    var expected = List.of("open source", "close end", "close source");
    if (operator.closesEarly()) {
      assertEquals(expected.stream().sorted().toList(), log.stream().sorted().toList());
    } else {
      assertEquals(expected, log);
    }
    assertEquals(1, root.dump().lines().count(), root.dump());
  }
}
