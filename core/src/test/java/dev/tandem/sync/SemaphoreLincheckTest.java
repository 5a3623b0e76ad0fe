package dev.tandem.sync;

import dev.tandem.internal.ModelRuntime;
import dev.tandem.internal.Scenario;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A semaphore that is closed, and permits that others give back. */
@Tag("lincheck")
public final class SemaphoreLincheckTest {

  /** As long as a model's clock can tell. */
  static final Duration SOON = Duration.ofNanos(ModelRuntime.SOON);

  /** A semaphore that somebody closes. */
  public static final class Closed {
    private final AsyncSemaphore gate = AsyncSemaphore.of(1);

    @Operation
    public boolean tryAcquire() {
      return gate.tryAcquire().isPresent();
    }

    @Operation
    public boolean acquireWithoutPatience() throws InterruptedException {
      return ModelRuntime.withoutPatience(() -> gate.tryAcquire(SOON).isPresent());
    }

    @Operation
    public void close() {
      gate.close();
    }

    @Operation
    public int available() {
      return gate.statistics().available();
    }
  }

  @Test
  void closed_modelChecked_isLinearizable() {
    modelled().check(Closed.class);
  }

  @Test
  void closed_runningFree_isLinearizable() {
    free().check(Closed.class);
  }

  static ModelCheckingOptions modelled() {
    return new ModelCheckingOptions()
        .iterations(Scenario.SCENARIOS)
        .invocationsPerIteration(Scenario.MODELLED)
        .threads(3)
        .actorsBefore(1)
        .actorsPerThread(2)
        .actorsAfter(1);
  }

  static StressOptions free() {
    return new StressOptions()
        .iterations(Scenario.SCENARIOS)
        .invocationsPerIteration(10 * Scenario.MODELLED)
        .threads(3)
        .actorsBefore(1)
        .actorsPerThread(2)
        .actorsAfter(1);
  }

  /** Permits that are taken by one thread and given back by any. */
  public static final class GivenBackByOthers {
    private final AsyncSemaphore gate = AsyncSemaphore.of(2);
    private final Deque<Permit> taken = new ArrayDeque<>();
    private final AsyncLock lock = AsyncLock.create();

    @Operation
    public boolean take() throws InterruptedException {
      try (var _ = lock.lock()) {
        Optional<Permit> permit = gate.tryAcquire();
        permit.ifPresent(taken::push);
        return permit.isPresent();
      }
    }

    @Operation
    public boolean giveBack() throws InterruptedException {
      Permit permit;
      try (var _ = lock.lock()) {
        permit = taken.poll();
        if (permit != null) {
          permit.close();
        }
      }
      return permit != null;
    }

    @Operation
    public int available() throws InterruptedException {
      try (var _ = lock.lock()) {
        return gate.statistics().available();
      }
    }
  }

  @Test
  void guardedByALock_modelChecked_isLinearizable() {
    modelled().check(GivenBackByOthers.class);
  }
}
