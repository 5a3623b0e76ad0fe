package dev.tandem.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.internal.Scenario.Way;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A latch that opens misses nobody, and nobody who gave up is left in it. */
@Tag("lincheck")
public final class LatchLincheckTest {

  /** A latch, used by threads that would rather go than wait. */
  public static final class Impatient {
    private final Latch latch = new Latch();

    @Operation
    public void open() {
      latch.open();
    }

    @Operation
    public boolean isOpen() {
      return latch.isOpen();
    }

    @Operation
    public boolean awaitWithoutPatience() throws InterruptedException {
      return ModelRuntime.withoutPatience(() -> latch.await(ModelRuntime.SOON));
    }
  }

  @Test
  void impatientThreads_modelChecked_areLinearizable() {
    new ModelCheckingOptions()
        .iterations(Scenario.SCENARIOS)
        .invocationsPerIteration(Scenario.MODELLED)
        .threads(3)
        .actorsPerThread(2)
        .check(Impatient.class);
  }

  @Test
  void impatientThreads_runningFree_areLinearizable() {
    new StressOptions()
        .iterations(Scenario.SCENARIOS)
        .invocationsPerIteration(10 * Scenario.MODELLED)
        .threads(3)
        .actorsPerThread(2)
        .check(Impatient.class);
  }

  /** One waits for ever, one gives up, and the latch opens meanwhile. */
  private static final class OpenAgainstCancel extends Scenario {
    Latch latch;
    Scope scope;
    boolean patientSawItOpen;
    boolean returned;
    boolean threw;

    @Override
    protected void run(Context context) {
      latch = new Latch();
      scope = new Scope(context.scope(), context);
      context.enter(scope);
      start(
          () -> {
            scope.cancel(new Cause("cancelled"));
            latch.open();
          });
      start(() -> patientSawItOpen = latch.await(TaskRuntime.NEVER) && latch.isOpen());
      try {
        returned = latch.await(TaskRuntime.NEVER);
      } catch (InterruptedException gaveUp) {
        threw = true;
      }
      context.leave(scope);
    }

    @Override
    protected void verify() {
      assertTrue(patientSawItOpen);
      assertTrue(returned != threw);
      assertEquals(0, latch.waiting());
      assertFalse(Thread.interrupted());
    }
  }

  @ParameterizedTest
  @EnumSource
  void openAgainstCancel_nobodyIsMissed(Way way) throws Exception {
    way.check(() -> new OpenAgainstCancel().play());
  }
}
