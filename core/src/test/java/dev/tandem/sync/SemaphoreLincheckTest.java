package dev.tandem.sync;

import static dev.tandem.internal.Linearizability.free;
import static dev.tandem.internal.Linearizability.modelled;

import dev.tandem.internal.ModelRuntime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jetbrains.lincheck.datastructures.Operation;
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
