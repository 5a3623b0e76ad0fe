package dev.tandem.internal;

import static dev.tandem.internal.Linearizability.free;
import static dev.tandem.internal.Linearizability.modelled;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tandem.internal.Scenario.Way;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
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
    modelled().check(Impatient.class);
  }

  @Test
  void impatientThreads_runningFree_areLinearizable() {
    free().check(Impatient.class);
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
    modelled().check(Resized.class);
  }

  @Test
  void resized_runningFree_isLinearizable() {
    free().check(Resized.class);
  }

  /** A waiter to whom permits are handed while something else ends its wait. */
  private abstract static class OfPermits extends HandOver {
    PermitQueue queue;

    @Override
    protected void prepare() {
      queue = new PermitQueue(1);
    }

    @Override
    protected boolean await() throws InterruptedException {
      // Two, of which one is there: it must wait for the release.
      return queue.acquire(2, deadline());
    }

    @Override
    protected void handOver() throws InterruptedException {
      queue.release(1);
    }

    @Override
    protected void verify() {
      Thread.interrupted();
      assertEquals(happened ? 0 : 2, queue.snapshot().available());
      assertEquals(0, queue.snapshot().waiting());
    }
  }

  private static final class HandOverAgainstCancel extends OfPermits {
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

  private static final class HandOverAgainstTimeout extends OfPermits {
    @Override
    protected long deadline() {
      return ModelRuntime.SOON;
    }

    @Override
    protected void disturb() {
      runtime.timePasses();
    }
  }

  @ParameterizedTest
  @EnumSource
  void handOverAgainstTimeout_noPermitIsLost(Way way) throws Exception {
    way.check(() -> new HandOverAgainstTimeout().play());
  }

  private static final class HandOverAgainstInterrupt extends OfPermits {
    @Override
    protected void disturb() {
      waiting.interrupt();
    }
  }

  @ParameterizedTest
  @EnumSource
  void handOverAgainstInterrupt_noPermitIsLost(Way way) throws Exception {
    way.check(() -> new HandOverAgainstInterrupt().play());
  }

  /** The head wants more than there is and gives up; who stands behind it must be served. */
  private static final class HeadGivesUp extends OfPermits {
    boolean behindServed;

    @Override
    protected boolean await() throws InterruptedException {
      queue.acquire(2, deadline());
      throw new AssertionError("there is one permit");
    }

    @Override
    protected void handOver() throws InterruptedException {
      behindServed = queue.acquire(1, TaskRuntime.NEVER);
      queue.release(1);
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
