package dev.tandem.flow;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.CancelledException;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What goes wrong in the function of one key is a failure of all. */
final class GroupByTest {

  private final IOException broken = new IOException("broken");
  private final List<String> log = Probe.log();

  /** Numbers, one a second, and what comes of the odd ones; those of the even ones take long. */
  private AsyncIterator<Integer> grouped(Grouping<Integer, Integer, Integer, Exception> odd)
      throws Exception {
    return Probe.of("source", 1000, log)
        .<Integer, Integer, Exception>groupBy(
            i -> i % 2,
            (key, own) -> {
              if (key == 1) {
                return odd.run(key, own);
              }
              try {
                own.next();
                sleep(ofDays(1));
              } catch (CancelledException stopped) {
                log.add("cancelled");
                throw stopped;
              }
              return own;
            });
  }

  /** The second number comes after two seconds. */
  private void assertFailsAsItself(Grouping<Integer, Integer, Integer, Exception> odd)
      throws Exception {
    VirtualTime.run(
        root -> {
          var items = grouped(odd);
          assertSame(broken, assertThrows(IOException.class, items::next));
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
          assertEquals(0, broken.getSuppressed().length);
          assertEquals(List.of("open source", "cancelled", "close source"), log);
          assertEquals(1, root.dump().lines().count(), root.dump());
          assertEquals(Optional.empty(), items.next());
        });
  }

  @Test
  void functionThrows_endsAll() throws Exception {
    assertFailsAsItself(
        (key, own) -> {
          throw broken;
        });
  }

  @Test
  void functionThrowsAfterItTookAnElement_endsAll() throws Exception {
    assertFailsAsItself(
        (key, own) -> {
          own.first();
          throw broken;
        });
  }

  @Test
  void elementsOfTheKeyAreMappedAndThatThrows_endsAll() throws Exception {
    assertFailsAsItself(
        (key, own) ->
            own.map(
                i -> {
                  throw broken;
                }));
  }

  @Test
  void resultThatHasNothingToDoWithTheElementsThrows_endsAll() throws Exception {
    assertFailsAsItself(
        (key, own) ->
            AsyncIterator.untilNull(
                () -> {
                  throw broken;
                }));
  }

  @Test
  void resultIsAnIterableThatThrows_endsAll() throws Exception {
    assertFailsAsItself(
        (key, own) ->
            () -> {
              throw Sneaky.undeclared(broken);
            });
  }

  @Test
  void keyFunctionThrows_endsAll() throws Exception {
    VirtualTime.run(
        root -> {
          var items =
              Probe.of("source", 1000, log)
                  .<Integer, Integer, Exception>groupBy(
                      i -> {
                        if (i == 1) {
                          throw broken;
                        }
                        return i;
                      },
                      (key, own) -> own);
          assertEquals(Optional.of(0), items.next());
          assertSame(broken, assertThrows(IOException.class, items::next));
          assertEquals(List.of("open source", "close source"), log);
          assertEquals(1, root.dump().lines().count(), root.dump());
        });
  }

  @Test
  void functionTakesNothing_holdsUpNobodyAndIsCalledForEachElement() throws Exception {
    VirtualTime.run(
        root -> {
          var calls = new AtomicInteger();
          var results =
              Probe.of("source", 6, log)
                  .<Integer, Integer, Exception>groupBy(
                      i -> i % 2,
                      (key, own) -> {
                        calls.incrementAndGet();
                        return List.of();
                      });
          assertEquals(0, results.count());
          assertEquals(6, calls.get());
          assertEquals(ofSeconds(6), VirtualTime.elapsed());
        });
  }
}
