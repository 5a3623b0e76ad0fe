package dev.tandem.flow;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.ItemWork;
import dev.tandem.Tandem;
import dev.tandem.TaskFailedException;
import dev.tandem.TaskGroup;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Operators that read from more than their source: whatever way a loop ends, the others are closed
 * too, each once, and nothing runs any more. The source alone is for {@link ClosingOrderTest}.
 */
final class ClosingOthersTest {

  private static final int ENDLESS = 1_000_000;

  /** What makes one more iterator to read from. */
  interface Others {
    AsyncIterator<Integer> next();
  }

  /** An operator between a source and the consumer; the work is its function, if it has one. */
  interface Apply {
    AsyncIterator<Integer> to(
        AsyncIterator<Integer> source, Others others, ItemWork<Integer, Integer, IOException> work)
        throws Exception;
  }

  record Operator(String name, boolean hasFunction, Apply apply) {
    /** Whether the others are made as the elements come. */
    boolean makesInners() {
      return hasFunction && !name.equals("zip");
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Operator> operators() {
    return Stream.of(
        new Operator(
            "zip",
            true,
            (source, others, work) -> source.zip(others.next(), (i, j) -> worked(work, i) + j)),
        new Operator("concat", false, (source, others, work) -> source.concat(others.next())),
        new Operator(
            "concatAll",
            false,
            (source, others, work) ->
                AsyncIterator.concatAll(List.of(source, others.next(), others.next()))),
        new Operator("merge", false, (source, others, work) -> source.merge(others.next())),
        new Operator(
            "mergeAll",
            false,
            (source, others, work) ->
                AsyncIterator.mergeAll(List.of(others.next(), source, others.next()))),
        new Operator(
            "flatMap",
            true,
            (source, others, work) ->
                source.flatMap(
                    i -> {
                      work.run(i);
                      return others.next();
                    })),
        new Operator(
            "flatMapMerge",
            true,
            (source, others, work) ->
                source.flatMapMerge(
                    2,
                    i -> {
                      work.run(i);
                      return others.next();
                    })),
        new Operator(
            "groupBy",
            true,
            (source, others, work) ->
                source.<Integer, Integer, Exception>groupBy(
                    i -> i % 2,
                    (key, own) -> {
                      work.run(own.next().orElseThrow());
                      return others.next();
                    })));
  }

  private static int worked(ItemWork<Integer, Integer, IOException> work, int item) {
    try {
      return work.run(item);
    } catch (Exception failed) {
      throw Sneaky.undeclared(failed);
    }
  }

  private final List<String> log = Probe.log();
  private final List<Probe> made = new ArrayList<>();

  private AsyncIterator<Integer> pipeline(
      Operator operator, Probe source, int end, ItemWork<Integer, Integer, IOException> work)
      throws Exception {
    return operator.apply.to(source, () -> other(end), work);
  }

  private AsyncIterator<Integer> pipeline(Operator operator, int end) throws Exception {
    return pipeline(operator, source(end), end, i -> i);
  }

  private Probe source(int end) {
    return Probe.of("source", end, log);
  }

  private Probe other(int end) {
    Probe other = Probe.of("other " + made.size(), end, log);
    made.add(other);
    return other;
  }

  private void assertEachClosedOnce(TaskGroup root) {
    assertFalse(made.isEmpty());
    assertClosed();
    assertEquals(1, root.dump().lines().count(), root.dump());
  }

  private void assertClosed() {
    List<String> expected = new ArrayList<>(List.of("close source"));
    for (int i = 0; i < made.size(); i++) {
      expected.add("close other " + i);
    }
    List<String> closed = log.stream().filter(line -> line.startsWith("close")).sorted().toList();
    assertEquals(expected.stream().sorted().toList(), closed);
  }

  @ParameterizedTest
  @MethodSource("operators")
  void exhausted(Operator operator) throws Exception {
    VirtualTime.run(
        root -> {
          var items = pipeline(operator, 4);
          items.forEach(item -> {});
          assertEachClosedOnce(root);
          items.close();
          assertEachClosedOnce(root);
        });
  }

  @ParameterizedTest
  @MethodSource("operators")
  void exhausted_innersAreClosedAsTheyEnd(Operator operator) throws Exception {
    VirtualTime.run(
        root -> {
          try (var items = pipeline(operator, source(ENDLESS), 2, i -> i)) {
            for (int i = 0; i < 9 && operator.makesInners(); i++) {
              assertTrue(items.next().isPresent());
              long open =
                  log.stream().filter(line -> line.startsWith("open other")).count()
                      - log.stream().filter(line -> line.startsWith("close other")).count();
              assertTrue(open <= (operator.name.equals("flatMap") ? 1 : 2), log.toString());
            }
          }
        });
  }

  @ParameterizedTest
  @MethodSource("operators")
  void leftEarly(Operator operator) throws Exception {
    VirtualTime.run(
        root -> {
          try (var items = pipeline(operator, ENDLESS)) {
            assertTrue(items.next().isPresent());
            assertTrue(log.stream().noneMatch(line -> line.startsWith("close")), log.toString());
          }
          assertEachClosedOnce(root);
        });
  }

  @ParameterizedTest
  @MethodSource("operators")
  void leftEarly_whatFailsInClosing_isThrownAllOfIt(Operator operator) throws Exception {
    VirtualTime.run(
        root -> {
          var broken = new HashSet<Throwable>();
          var source = source(ENDLESS);
          var items =
              operator.apply.to(
                  source,
                  () -> {
                    Probe other = other(ENDLESS);
                    other.failsToClose = new IOException("cannot close");
                    broken.add(other.failsToClose);
                    return other;
                  },
                  i -> i);
          assertTrue(items.next().isPresent());
          var thrown = assertThrows(Exception.class, items::close);
          assertEquals(
              broken,
              Stream.concat(Stream.of(thrown), Stream.of(thrown.getSuppressed()))
                  .map(failed -> failed instanceof TaskFailedException ? failed.getCause() : failed)
                  .collect(Collectors.toSet()));
          assertEachClosedOnce(root);
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
                var items = pipeline(operator, ENDLESS);
                assertTrue(items.next().isPresent());
              });
          assertEachClosedOnce(root);
        });
  }

  @ParameterizedTest
  @MethodSource("operators")
  void neverAsked(Operator operator) throws Exception {
    VirtualTime.run(
        root -> {
          pipeline(operator, ENDLESS).close();
          assertEquals(operator.makesInners(), made.isEmpty());
          assertClosed();
        });
  }

  @ParameterizedTest
  @MethodSource("operators")
  void functionFails(Operator operator) throws Exception {
    if (!operator.hasFunction) {
      return;
    }
    VirtualTime.run(
        root -> {
          var broken = new IOException("broken");
          // One iterable after the other: the first has to end before there is a second.
          int end = operator.name.equals("flatMap") ? 2 : ENDLESS;
          var items =
              pipeline(
                  operator,
                  source(ENDLESS),
                  end,
                  i -> {
                    if (i == 1) {
                      throw broken;
                    }
                    return i;
                  });
          assertSame(broken, assertThrows(IOException.class, () -> items.forEach(item -> {})));
          assertEachClosedOnce(root);
        });
  }

  @ParameterizedTest
  @MethodSource("operators")
  void consumerFails(Operator operator) throws Exception {
    VirtualTime.run(
        root -> {
          var broken = new IOException("broken");
          var items = pipeline(operator, ENDLESS);
          var thrown =
              assertThrows(
                  IOException.class,
                  () ->
                      items.consume(
                          item -> {
                            throw broken;
                          }));
          assertSame(broken, thrown);
          assertEachClosedOnce(root);
        });
  }

  @ParameterizedTest
  @MethodSource("operators")
  void sourceFails(Operator operator) throws Exception {
    VirtualTime.run(
        root -> {
          int end = operator.name.equals("flatMap") ? 2 : ENDLESS;
          var items = pipeline(operator, source(ENDLESS).failingAt(1), end, i -> i);
          var thrown = assertThrows(IOException.class, () -> items.forEach(item -> {}));
          assertEquals("source failed", thrown.getMessage());
          assertEachClosedOnce(root);
        });
  }

  @ParameterizedTest
  @MethodSource("operators")
  void anotherFails(Operator operator) throws Exception {
    VirtualTime.run(
        root -> {
          // One source after the other: the first has to end before the next one fails.
          int end = operator.name.startsWith("concat") ? 2 : ENDLESS;
          var items = operator.apply.to(source(end), () -> other(ENDLESS).failingAt(1), i -> i);
          var thrown = assertThrows(IOException.class, () -> items.forEach(item -> {}));
          assertTrue(thrown.getMessage().matches("other . failed"), thrown.getMessage());
          assertEachClosedOnce(root);
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
                    try (var items = pipeline(operator, ENDLESS)) {
                      items.forEach(item -> {});
                    }
                  });
          assertFalse(done);
          assertEachClosedOnce(root);
        });
  }
}
