package dev.tandem.flow;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import dev.tandem.testing.VirtualTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Generators that put out elements inside scopes of their own: the trap of PEP 789. */
final class GeneratorScopesTest {

  @Test
  void bodyWithAGroup_itsTasksMayEmit() throws Exception {
    VirtualTime.run(
        root -> {
          AsyncIterator<Integer> items =
              AsyncIterator.generate(
                  out ->
                      TaskGroup.run(
                          (TaskGroup group) -> {
                            group.start("slow", () -> emitAfter(out, 2));
                            group.start("fast", () -> emitAfter(out, 1));
                          }));
          assertEquals(List.of(1, 2), items.toList());
        });
  }

  private static void emitAfter(Output<Integer> out, int seconds) throws InterruptedException {
    sleep(ofSeconds(seconds));
    out.emit(seconds);
  }

  @Test
  void bodyWithATimeout_elementsMayBePutOutInIt() throws Exception {
    VirtualTime.run(
        root -> {
          AsyncIterator<Integer> items =
              AsyncIterator.generate(
                  out -> {
                    Tandem.moveOnAfter(
                        ofSeconds(5),
                        () -> {
                          out.emit(1);
                          sleep(ofDays(1));
                        });
                    out.emit(2);
                  });
          for (int i : items) {
            // The consumer is not inside the producer's timeout.
            sleep(ofSeconds(7));
            assertTrue(i < 3);
          }
          assertEquals(ofSeconds(14), VirtualTime.elapsed());
        });
  }
}
