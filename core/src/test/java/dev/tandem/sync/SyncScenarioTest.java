package dev.tandem.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.internal.Context;
import dev.tandem.internal.Scenario;
import dev.tandem.internal.Scenario.Way;
import dev.tandem.internal.Scope;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hand-overs of conditions, barriers, locks and rates, while somebody gives up. */
@Tag("lincheck")
public final class SyncScenarioTest {

  /** A thread in a scope that another one cancels. */
  private abstract static class Cancelled extends Scenario {
    Scope scope;
    boolean returned;

    @Override
    protected void run(Context context) throws Throwable {
      prepare();
      scope = new Scope(context.scope(), context) {};
      context.enter(scope);
      start(this::first);
      start(this::second);
      try {
        attempt();
        returned = true;
      } catch (InterruptedException cancelled) {
        returned = false;
      }
      context.leave(scope);
      afterwards();
    }

    abstract void prepare() throws Exception;

    abstract void first() throws Exception;

    abstract void second() throws Exception;

    abstract void attempt() throws Exception;

    void afterwards() throws Exception {}

    final void cancel() {
      scope.cancel(new Cause("cancelled"));
    }
  }

  /** One item and one signal; who takes the item puts it back for the other one. */
  private static final class SignalAgainstCancel extends Cancelled {
    AsyncCondition condition;
    int stock;
    boolean patientServed;

    @Override
    void prepare() {
      condition = AsyncCondition.create();
      stock = 0;
    }

    @Override
    void first() throws Exception {
      consume();
      patientServed = true;
    }

    @Override
    void second() throws Exception {
      produce();
      cancel();
    }

    @Override
    void attempt() throws Exception {
      consume();
    }

    @Override
    void afterwards() throws Exception {
      if (returned) {
        produce();
      }
    }

    private void produce() throws Exception {
      try (var _ = condition.lock().lock()) {
        stock++;
        condition.signal();
      }
    }

    private void consume() throws Exception {
      try (var _ = condition.lock().lock()) {
        condition.await(() -> stock > 0);
        stock--;
      }
    }

    @Override
    protected void verify() {
      assertTrue(patientServed);
      assertEquals(0, stock);
      assertEquals(0, condition.statistics().waiting());
      assertFalse(condition.lock().isLocked());
      assertFalse(Thread.interrupted());
    }
  }

  @ParameterizedTest
  @EnumSource
  void conditionSignalAgainstCancel_theSignalIsNotLost(Way way) throws Exception {
    way.check(() -> new SignalAgainstCancel().play());
  }

  /** An interrupt hits the wait for the lock that follows a signal. */
  private static final class SignalAgainstInterrupt extends Cancelled {
    AsyncCondition condition;
    Thread waiter;
    boolean held;

    @Override
    void prepare() {
      condition = AsyncCondition.create();
      waiter = Thread.currentThread();
    }

    @Override
    void first() throws Exception {
      try (var _ = condition.lock().lock()) {
        condition.signal();
        anyoneMayGoFirst();
      }
    }

    @Override
    void second() {
      waiter.interrupt();
    }

    @Override
    void attempt() throws Exception {
      try (var _ = condition.lock().lock()) {
        try {
          condition.await();
        } finally {
          held = condition.lock().isHeldByCurrentThread();
        }
      }
    }

    @Override
    protected void verify() {
      boolean pending = Thread.interrupted();
      // Thrown, or pending: the interrupt is not lost, whichever of the two it met.
      assertTrue(held || !returned);
      assertTrue(!returned || pending);
      assertEquals(0, condition.statistics().waiting());
      assertFalse(condition.lock().isLocked());
    }
  }

  @ParameterizedTest
  @EnumSource
  void conditionInterruptedWhileItTakesTheLockAgain_hasTheLock(Way way) throws Exception {
    way.check(() -> new SignalAgainstInterrupt().play());
  }

  private static final class BarrierAgainstCancel extends Cancelled {
    AsyncBarrier barrier;
    int mine;
    int other;
    int third;

    @Override
    void prepare() {
      barrier = AsyncBarrier.of(3);
    }

    @Override
    void first() throws Exception {
      cancel();
      other = barrier.await();
    }

    @Override
    void second() throws Exception {
      third = barrier.await();
    }

    @Override
    void attempt() throws Exception {
      mine = barrier.await();
    }

    @Override
    void afterwards() throws Exception {
      if (!returned) {
        mine = barrier.await();
      }
    }

    @Override
    protected void verify() {
      assertEquals(3, mine + other + third);
      assertTrue(mine != other && other != third);
      assertEquals(0, barrier.statistics().waiting());
      assertFalse(Thread.interrupted());
    }
  }

  @ParameterizedTest
  @EnumSource
  void barrierAgainstCancel_allGoOnOrNone(Way way) throws Exception {
    way.check(() -> new BarrierAgainstCancel().play());
  }

  /** The lock is given back while one of two who wait for it gives up. */
  private static final class LockAgainstCancel extends Cancelled {
    AsyncLock lock;
    boolean patientServed;

    @Override
    void prepare() {
      lock = AsyncLock.create();
    }

    @Override
    void first() throws Exception {
      try (var _ = lock.lock()) {
        cancel();
      }
    }

    @Override
    void second() throws Exception {
      try (var _ = lock.lock()) {
        patientServed = lock.isHeldByCurrentThread();
      }
    }

    @Override
    void attempt() throws Exception {
      lock.lock().close();
    }

    @Override
    protected void verify() {
      assertTrue(patientServed);
      assertFalse(lock.isLocked());
      assertEquals(0, lock.statistics().waiting());
      assertFalse(Thread.interrupted());
    }
  }

  @ParameterizedTest
  @EnumSource
  void lockAgainstCancel_isHandedToTheNext(Way way) throws Exception {
    way.check(() -> new LockAgainstCancel().play());
  }

  /** Two wait for the same moment; one of them gives up just then. */
  private static final class RateAgainstCancel extends Cancelled {
    RateLimiter limiter;
    boolean patientServed;

    @Override
    void prepare() throws Exception {
      limiter = RateLimiter.of(2, Duration.ofNanos(1));
      limiter.acquire(2);
    }

    @Override
    void first() throws Exception {
      onClock(
          () -> {
            limiter.acquire();
            patientServed = true;
          });
    }

    @Override
    void second() {
      cancel();
      runtime.timePasses();
    }

    @Override
    void attempt() throws Exception {
      limiter.acquire();
    }

    private void onClock(Attempt body) throws Exception {
      try {
        Context.callOn(
            runtime,
            context -> {
              body.run();
              return 0;
            });
      } catch (Exception | Error thrown) {
        throw thrown;
      } catch (Throwable thrown) {
        throw new AssertionError(thrown);
      }
    }

    private interface Attempt {
      void run() throws InterruptedException;
    }

    @Override
    protected void verify() throws Exception {
      assertTrue(patientServed);
      onClock(
          () -> {
            RateLimiter.Statistics now = limiter.statistics();
            assertEquals(0, now.waiting());
            assertEquals(0, now.wanted());
            assertEquals(returned ? 0 : 1, now.available());
          });
    }
  }

  @ParameterizedTest
  @EnumSource
  void rateAgainstCancel_nothingIsCountedForWhoGaveUp(Way way) throws Exception {
    way.check(() -> new RateAgainstCancel().play());
  }
}
