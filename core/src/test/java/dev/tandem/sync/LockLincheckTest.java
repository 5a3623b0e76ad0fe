package dev.tandem.sync;

import static dev.tandem.internal.Linearizability.free;
import static dev.tandem.internal.Linearizability.modelled;
import static dev.tandem.sync.SemaphoreLincheckTest.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.internal.Context;
import dev.tandem.internal.HandOver;
import dev.tandem.internal.ModelRuntime;
import dev.tandem.internal.Scenario.Way;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A lock has one owner, and an event is set or not; nobody sees anything in between. */
@Tag("lincheck")
public final class LockLincheckTest {

  /** A lock, used by threads that would rather go than wait. */
  @Param(name = "me", gen = ThreadIdGen.class)
  public static class Locks {
    private final AsyncLock lock = AsyncLock.create();
    private final ConcurrentMap<Integer, AsyncLock.Hold> holds = new ConcurrentHashMap<>();

    @Operation
    public String tryLock(@Param(name = "me") int me) {
      try {
        return said(me, lock.tryLock());
      } catch (SelfDeadlockException refused) {
        return "mine";
      }
    }

    @Operation
    public String lockWithoutPatience(@Param(name = "me") int me) throws InterruptedException {
      try {
        boolean got =
            ModelRuntime.withoutPatience(() -> said(me, lock.tryLock(SOON)).equals("got"));
        return got ? "got" : "taken";
      } catch (AssertionError wrapped) {
        return "mine";
      }
    }

    @Operation
    public boolean unlock(@Param(name = "me") int me) {
      AsyncLock.Hold hold = holds.remove(me);
      if (hold != null) {
        hold.close();
      }
      return hold != null;
    }

    @Operation
    public boolean isLocked() {
      return lock.isLocked();
    }

    @Operation
    public boolean isMine(@Param(name = "me") int me) {
      return lock.isHeldByCurrentThread();
    }

    private String said(int me, Optional<AsyncLock.Hold> hold) {
      hold.ifPresent(mine -> holds.put(me, mine));
      return hold.isPresent() ? "got" : "taken";
    }
  }

  /** What a lock does when one thread after the other uses it. */
  public static final class OneAfterTheOther {
    private int owner = -1;

    public String tryLock(int me) {
      String said = owner == -1 ? "got" : owner == me ? "mine" : "taken";
      owner = owner == -1 ? me : owner;
      return said;
    }

    public String lockWithoutPatience(int me) {
      return tryLock(me);
    }

    public boolean unlock(int me) {
      boolean mine = owner == me;
      owner = mine ? -1 : owner;
      return mine;
    }

    public boolean isLocked() {
      return owner != -1;
    }

    public boolean isMine(int me) {
      return owner == me;
    }
  }

  @Test
  void lock_modelChecked_isLinearizable() {
    modelled()
        .actorsBefore(0)
        .actorsAfter(0)
        .sequentialSpecification(OneAfterTheOther.class)
        .check(Locks.class);
  }

  @Test
  void lock_runningFree_isLinearizable() {
    free()
        .actorsBefore(0)
        .actorsAfter(0)
        .sequentialSpecification(OneAfterTheOther.class)
        .check(Locks.class);
  }

  /** An event that is set and cleared, and threads that would rather go than wait. */
  public static final class Events {
    private final AsyncEvent event = AsyncEvent.create();

    @Operation
    public void set() {
      event.set();
    }

    @Operation
    public void clear() {
      event.clear();
    }

    @Operation
    public boolean isSet() {
      return event.isSet();
    }

    @Operation
    public boolean awaitWithoutPatience() throws InterruptedException {
      return ModelRuntime.withoutPatience(() -> event.await(SOON));
    }
  }

  @Test
  void event_modelChecked_isLinearizable() {
    modelled().check(Events.class);
  }

  @Test
  void event_runningFree_isLinearizable() {
    free().check(Events.class);
  }

  /** A rate limiter whose bucket does not fill, for the clock of the model stands still. */
  public static final class Rates {
    private final RateLimiter limiter = RateLimiter.of(1, Duration.ofDays(1), 3);

    @Operation
    public boolean tryAcquire() throws InterruptedException {
      return ModelRuntime.withoutPatience(() -> limiter.tryAcquire());
    }

    @Operation
    public boolean tryAcquireTwo() throws InterruptedException {
      return ModelRuntime.withoutPatience(() -> limiter.tryAcquire(2));
    }

    @Operation
    public boolean tryAcquireWithoutPatience() throws InterruptedException {
      return ModelRuntime.withoutPatience(() -> limiter.tryAcquire(SOON));
    }

    @Operation
    public boolean isFull() throws InterruptedException {
      return ModelRuntime.withoutPatience(() -> limiter.statistics().available() == 3);
    }
  }

  @Test
  void rate_modelChecked_isLinearizable() {
    modelled().check(Rates.class);
  }

  @Test
  void rate_runningFree_isLinearizable() {
    free().check(Rates.class);
  }

  /** Somebody waits for a token, which comes with the time, while the wait is cancelled. */
  private static final class WaitsForAToken extends HandOver {
    private RateLimiter limiter;

    @Override
    protected void prepare() {
      // The next one comes a nanosecond later, which is all the time there is.
      limiter = RateLimiter.of(1, Duration.ofNanos(1));
      assertTrue(limiter.tryAcquire());
    }

    @Override
    protected boolean await() throws InterruptedException {
      limiter.acquire();
      return true;
    }

    @Override
    protected void handOver() {
      runtime.timePasses();
    }

    @Override
    protected void verify() throws Throwable {
      Thread.interrupted();
      RateLimiter.Statistics now = Context.callOn(runtime, context -> limiter.statistics());
      assertEquals(0, now.waiting());
      assertEquals(0, now.wanted());
      assertEquals(happened ? 0 : 1, now.available());
    }
  }

  @ParameterizedTest
  @EnumSource
  void rateWaitAgainstCancel_theTokenIsInOnePlace(Way way) throws Exception {
    way.check(() -> new WaitsForAToken().play());
  }
}
