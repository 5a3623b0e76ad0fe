package dev.tandem.flow;

import dev.tandem.Stress;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every item that was put in is taken once, or still in the queue, or returned as undelivered; a
 * put that threw, or said false, put nothing in.
 */
@Tag("stress")
final class AccountingStressTest {

  @ParameterizedTest
  @EnumSource
  void oneQueue_disturbed_losesNothing(Kind kind) throws Exception {
    Stress.repeat(() -> new Accounting(List.of(kind.queue())).run(3, 3));
  }

  @ParameterizedTest
  @EnumSource
  void severalQueues_disturbed_loseNothing(Kind kind) throws Exception {
    Stress.repeat(
        () ->
            new Accounting(List.of(kind.queue(), Kind.RENDEZVOUS.queue(), Kind.TWO.queue()))
                .run(3, 3));
  }

  @Test
  void manyTakers_disturbed_loseNothing() throws Exception {
    Stress.repeat(() -> new Accounting(List.of(Kind.TEN.queue())).run(20, 20));
  }
}
