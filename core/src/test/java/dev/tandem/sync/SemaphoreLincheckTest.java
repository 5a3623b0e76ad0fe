package dev.tandem.sync;

import static dev.tandem.internal.Linearizability.free;
import static dev.tandem.internal.Linearizability.modelled;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.internal.Context;
import dev.tandem.internal.ModelRuntime;
import dev.tandem.internal.Scenario;
import dev.tandem.internal.Scenario.Way;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

  /** A permit that its taker and others close at the same moment. */
  private static final class ClosedByAll extends Scenario {
    final AsyncSemaphore gate = AsyncSemaphore.of(1);
    volatile Permit permit;
    final int others;

    ClosedByAll(int others) {
      this.others = others;
    }

    @Override
    protected void run(Context context) throws Exception {
      permit = gate.acquire();
      for (int i = 0; i < others; i++) {
        start(() -> permit.close());
      }
      permit.close();
    }

    @Override
    protected void verify() {
      permit.close();
      assertEquals(1, gate.statistics().available());
      assertEquals("Permit[1, returned]", permit.toString());
    }
  }

  @ParameterizedTest
  @EnumSource
  void closedByTheTakerAndAnother_isGivenBackOnce(Way way) throws Exception {
    way.check(() -> new ClosedByAll(1).play());
  }

  @ParameterizedTest
  @EnumSource
  void closedByTheTakerAndTwoOthers_isGivenBackOnce(Way way) throws Exception {
    way.check(() -> new ClosedByAll(2).play());
  }

  /** A permit that is closed by two, neither of which took it. */
  private static final class ClosedByOthers extends Scenario {
    final AsyncSemaphore gate = AsyncSemaphore.of(1);
    volatile Permit permit;

    @Override
    protected void run(Context context) throws Exception {
      permit = gate.acquire();
      start(() -> permit.close());
      start(() -> permit.close());
    }

    @Override
    protected void verify() {
      assertEquals(1, gate.statistics().available());
      permit.close();
      assertEquals(1, gate.statistics().available());
    }
  }

  @ParameterizedTest
  @EnumSource
  void closedByTwoOthers_isGivenBackOnce(Way way) throws Exception {
    way.check(() -> new ClosedByOthers().play());
  }
}
