package dev.tandem.flow;

import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.TaskGroup;
import dev.tandem.testing.VirtualTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Iterators that nobody asks, or that a thread without a scope asks: the scope ends them. */
final class UnaskedTest {

  private final List<String> log = Probe.log();

  private static final class Lines implements Iterable<Integer>, AutoCloseable {
    boolean closed;

    @Override
    public Iterator<Integer> iterator() {
      return List.of(1).iterator();
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void neverAsked_isClosedByTheScopeItWasMadeIn() throws Exception {
    VirtualTime.run(
        (TaskGroup _) -> {
          AsyncIterator.of(1).onClose(() -> log.add("closed")).map(i -> i + 1);
          Probe.of("own", 1, log);
          log.add("left");
        });
    assertEquals(List.of("left", "close own", "closed"), log);
  }

  @Test
  void fromStreamOrCloseable_neverAsked_isClosedByTheScope() throws Exception {
    var closed = new AtomicBoolean();
    var lines = new Lines();
    timeout(
        ofSeconds(9),
        () -> {
          AsyncIterator.from(Stream.of(1).onClose(() -> closed.set(true)));
          AsyncIterator.from(lines);
          return null;
        });
    assertTrue(closed.get());
    assertTrue(lines.closed);
  }

  @Test
  void madeInTheBody_askedByATaskThatStartsLater_isOpenUntilThen() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          AsyncIterator<Integer> items = Probe.of("own", 2, log);
          group.start(
              () -> {
                sleep(ofSeconds(5));
                log.add("asked");
                assertEquals(List.of(0, 1), items.toList());
              });
        });
    assertEquals(List.of("asked", "open own", "close own"), log);
  }

  @Test
  void closedByItsUser_isNotClosedAgain() throws Exception {
    VirtualTime.run(
        (TaskGroup _) -> {
          Probe.of("own", 2, log).close();
          log.add("left");
        });
    assertEquals(List.of("close own", "left"), log);
  }

  @Test
  void failsToClose_doesNotKeepTheOthersOpen() throws Exception {
    VirtualTime.run(
        (TaskGroup _) -> {
          Probe.of("first", 1, log);
          Probe.of("second", 1, log).failsToClose = new Exception("planted");
        });
    assertEquals(List.of("close second", "close first"), log);
  }

  @Test
  void askedByAThreadWithoutScope_endsWithTheScopeItWasMadeIn() throws Exception {
    var ended = new AtomicBoolean();
    var left = new AtomicReference<@Nullable AsyncIterator<Integer>>();
    TaskGroup.run(
        (TaskGroup _) -> {
          AsyncIterator<Integer> numbers =
              AsyncIterator.generate(
                  out -> {
                    try {
                      for (int i = 0; ; i++) {
                        out.emit(i);
                      }
                    } finally {
                      ended.set(true);
                    }
                  });
          Thread asks = Thread.startVirtualThread(() -> numbers.iterator().next());
          asks.join();
          left.set(numbers);
        });
    assertTrue(ended.get());
    assertEquals(List.of(), left.get().toList());
  }

  @Test
  void askedWithoutScopeAfterTheOneItWasMadeIn_goesOnWithout() throws Exception {
    AsyncIterator<Integer> made =
        TaskGroup.run((TaskGroup _) -> AsyncIterator.of(1, 2).map(i -> 2 * i).buffer(1));
    assertEquals(List.of(2, 4), made.toList());
  }

  @Test
  void share_readerOfATaskThatEndedWithoutReading_doesNotHoldUpTheOthers() throws Exception {
    VirtualTime.run(
        (TaskGroup root) -> {
          try (Shared<Integer> shared = AsyncIterator.of(1, 2, 3, 4, 5).share(1)) {
            root.start("leaver", shared::subscribe).await();
            assertEquals(List.of(1, 2, 3, 4, 5), shared.subscribe().toList());
          }
        });
  }

  @Test
  void share_readersSubscribedOutsideOfTheirTasks_haveEverything() throws Exception {
    VirtualTime.run(
        (TaskGroup root) -> {
          Shared<Integer> shared = AsyncIterator.of(1, 2, 3).share(1);
          var got = new ArrayList<Integer>();
          for (int i = 0; i < 2; i++) {
            AsyncIterator<Integer> reader = shared.subscribe();
            root.start(() -> reader.consume(got::add));
          }
          sleep(ofSeconds(1));
          assertEquals(6, got.size());
        });
  }
}
