package dev.tandem.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tandem.internal.Context;
import dev.tandem.internal.Scenario;
import dev.tandem.internal.Scenario.Way;
import dev.tandem.internal.Scope;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The turn of the lanes: one at a time, and nobody waits for a turn that is free. */
@Tag("lincheck")
final class TurnLincheckTest {

  /** Three take their turn; two in lanes that nobody disturbs. */
  private static class Three extends Scenario {
    final Turn turn = new Turn();
    final AtomicInteger inside = new AtomicInteger();
    final AtomicInteger turns = new AtomicInteger();

    // Volatile: each may be written by any of the threads.
    volatile boolean together;

    @Override
    protected void run(Context context) throws Exception {
      start(this::takeTurn);
      start(this::takeTurn);
      takeTurn();
    }

    final void takeTurn() throws InterruptedException {
      turn.take();
      if (inside.incrementAndGet() > 1) {
        together = true;
      }
      inside.decrementAndGet();
      turns.incrementAndGet();
      turn.giveUp();
    }

    @Override
    protected void verify() throws Exception {
      assertFalse(together);
      assertEquals(expected(), turns.get());
      // It is free: with nobody there to give it up, this would wait for ever.
      takeTurn();
    }

    int expected() {
      return 3;
    }
  }

  @ParameterizedTest
  @EnumSource
  void three_haveTheirTurnsOneAtATime(Way way) throws Exception {
    way.check(() -> new Three().play());
  }

  /** One of those who wait gives up, perhaps when it has just been woken for its turn. */
  private abstract static class GivingUp extends Three {
    Scope scope;
    Thread waiting;
    boolean gaveUp;

    @Override
    protected void run(Context context) throws Exception {
      waiting = Thread.currentThread();
      scope = new Scope(context.scope(), context) {};
      context.enter(scope);
      start(this::twice);
      start(this::disturb);
      try {
        takeTurn();
      } catch (InterruptedException told) {
        gaveUp = true;
      }
      context.leave(scope);
    }

    private void twice() throws InterruptedException {
      takeTurn();
      takeTurn();
    }

    abstract void disturb();

    @Override
    int expected() {
      return gaveUp ? 2 : 3;
    }

    @Override
    protected void verify() throws Exception {
      Thread.interrupted();
      super.verify();
    }
  }

  private static final class Cancelled extends GivingUp {
    @Override
    void disturb() {
      scope.cancel(new Cause("cancelled"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void giveUpAgainstCancel_theTurnIsNotLost(Way way) throws Exception {
    way.check(() -> new Cancelled().play());
  }

  private static final class Interrupted extends GivingUp {
    @Override
    void disturb() {
      waiting.interrupt();
    }
  }

  @ParameterizedTest
  @EnumSource
  void giveUpAgainstInterrupt_theTurnIsNotLost(Way way) throws Exception {
    way.check(() -> new Interrupted().play());
  }
}
