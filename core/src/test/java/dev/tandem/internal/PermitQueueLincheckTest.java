package dev.tandem.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tandem.internal.Scenario.Way;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Promise 4: every permit is free or held, whoever gives up while it is handed over. */
@Tag("lincheck")
public final class PermitQueueLincheckTest {

  /** A queue with one permit, used by threads that would rather go than wait. */
  public static final class Impatient {
    private final PermitQueue queue = new PermitQueue(1);

    @Operation
    public boolean tryAcquire() {
      return queue.tryAcquire(1);
    }

    /** Stands in the queue, where a release may find it before it has seen that time is up. */
    @Operation
    public boolean acquireWithoutPatience() throws InterruptedException {
      return ModelRuntime.withoutPatience(() -> queue.acquire(1, ModelRuntime.SOON));
    }

    @Operation
    public boolean acquireInterrupted() {
      Thread.currentThread().interrupt();
      try {
        return ModelRuntime.withoutPatience(() -> queue.acquire(1, ModelRuntime.SOON));
      } catch (InterruptedException told) {
        return Thread.currentThread().isInterrupted();
      }
    }

    @Operation
    public void release() {
      queue.release(1);
    }

    @Operation
    public long available() {
      return queue.snapshot().available();
    }
  }

  @Test
  void impatientThreads_modelChecked_areLinearizable() {
    new ModelCheckingOptions()
        .iterations(Scenario.SCENARIOS)
        .invocationsPerIteration(Scenario.MODELLED)
        .threads(3)
        .actorsBefore(1)
        .actorsPerThread(2)
        .actorsAfter(1)
        .check(Impatient.class);
  }

  @Test
  void impatientThreads_runningFree_areLinearizable() {
    new StressOptions()
        .iterations(Scenario.SCENARIOS)
        .invocationsPerIteration(10 * Scenario.MODELLED)
        .threads(3)
        .actorsBefore(1)
        .actorsPerThread(2)
        .actorsAfter(1)
        .check(Impatient.class);
  }

  /** A queue whose size changes. */
  @Param(name = "size", gen = IntGen.class, conf = "1:3")
  public static final class Resized {
    private final PermitQueue queue = PermitQueue.limited(1);

    @Operation
    public boolean tryAcquire() {
      return queue.tryAcquire(1);
    }

    @Operation
    public boolean acquireWithoutPatience() throws InterruptedException {
      return ModelRuntime.withoutPatience(() -> queue.acquire(1, ModelRuntime.SOON));
    }

    @Operation
    public void release() {
      queue.release(1);
    }

    @Operation
    public void resize(@Param(name = "size") int size) {
      queue.resize(size);
    }

    @Operation
    public long available() {
      return queue.snapshot().available();
    }
  }

  @Test
  void resized_modelChecked_isLinearizable() {
    new ModelCheckingOptions()
        .iterations(Scenario.SCENARIOS)
        .invocationsPerIteration(Scenario.MODELLED)
        .threads(3)
        .actorsBefore(1)
        .actorsPerThread(2)
        .actorsAfter(1)
        .check(Resized.class);
  }

  @Test
  void resized_runningFree_isLinearizable() {
    new StressOptions()
        .iterations(Scenario.SCENARIOS)
        .invocationsPerIteration(10 * Scenario.MODELLED)
        .threads(3)
        .actorsBefore(1)
        .actorsPerThread(2)
        .actorsAfter(1)
        .check(Resized.class);
  }

  /** A waiter to whom permits are handed while something else ends its wait. */
  private abstract static class HandOver extends Scenario {
    PermitQueue queue;
    Scope scope;
    Thread taker;
    int held;

    @Override
    protected void run(Context context) {
      taker = Thread.currentThread();
      queue = new PermitQueue(1);
      scope = new Scope(context.scope(), context);
      context.enter(scope);
      start(() -> queue.release(1));
      start(this::disturb);
      try {
        // Two, of which one is there: it must wait for the release.
        held = queue.acquire(2, deadline()) ? 2 : 0;
      } catch (InterruptedException gaveUp) {
        held = 0;
      }
      context.leave(scope);
    }

    abstract void disturb() throws Exception;

    long deadline() {
      return TaskRuntime.NEVER;
    }

    @Override
    protected void verify() {
      Thread.interrupted();
      assertEquals(2 - held, queue.snapshot().available());
      assertEquals(0, queue.snapshot().waiting());
    }
  }

  private static final class HandOverAgainstCancel extends HandOver {
    @Override
    void disturb() {
      scope.cancel(new Cause("cancelled"));
    }

    @Override
    protected void verify() {
      assertFalse(Thread.currentThread().isInterrupted());
      super.verify();
    }
  }

  @ParameterizedTest
  @EnumSource
  void handOverAgainstCancel_noPermitIsLost(Way way) throws Exception {
    way.check(() -> new HandOverAgainstCancel().play());
  }

  private static final class HandOverAgainstTimeout extends HandOver {
    @Override
    long deadline() {
      return ModelRuntime.SOON;
    }

    @Override
    void disturb() {
      runtime.timePasses();
    }
  }

  @ParameterizedTest
  @EnumSource
  void handOverAgainstTimeout_noPermitIsLost(Way way) throws Exception {
    way.check(() -> new HandOverAgainstTimeout().play());
  }

  private static final class HandOverAgainstInterrupt extends HandOver {
    @Override
    void disturb() {
      taker.interrupt();
    }
  }

  @ParameterizedTest
  @EnumSource
  void handOverAgainstInterrupt_noPermitIsLost(Way way) throws Exception {
    way.check(() -> new HandOverAgainstInterrupt().play());
  }

  /** The head wants more than there is and gives up; who stands behind it must be served. */
  private static final class HeadGivesUp extends HandOver {
    boolean behindServed;

    @Override
    protected void run(Context context) {
      queue = new PermitQueue(1);
      scope = new Scope(context.scope(), context);
      context.enter(scope);
      start(
          () -> {
            behindServed = queue.acquire(1, TaskRuntime.NEVER);
            queue.release(1);
          });
      start(this::disturb);
      try {
        queue.acquire(2, TaskRuntime.NEVER);
        throw new AssertionError("there is one permit");
      } catch (InterruptedException gaveUp) {
        context.leave(scope);
      }
    }

    @Override
    void disturb() {
      scope.cancel(new Cause("cancelled"));
    }

    @Override
    protected void verify() {
      assertEquals(true, behindServed);
      assertEquals(1, queue.snapshot().available());
      assertEquals(0, queue.snapshot().waiting());
    }
  }

  @ParameterizedTest
  @EnumSource
  void headGivesUp_thoseBehindAreServed(Way way) throws Exception {
    way.check(() -> new HeadGivesUp().play());
  }
}
