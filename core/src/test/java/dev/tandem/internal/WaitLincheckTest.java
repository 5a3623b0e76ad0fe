package dev.tandem.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.internal.Scenario.Way;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Promises 3 and 4: a wait ends in exactly one way, and no interrupt is lost or left behind. */
@Tag("lincheck")
final class WaitLincheckTest {

  /** A thread that waits in a scope while others act upon it. */
  private abstract static class Wait extends Scenario {
    Scope scope;
    Waiter waiter;
    Thread sleeper;
    String outcome = "none";
    boolean granted;
    boolean flagged;

    @Override
    protected void run(Context context) throws Throwable {
      sleeper = Thread.currentThread();
      scope = new Scope(context.scope(), context);
      waiter = null;
      context.enter(scope);
      waiter = new Waiter();
      startOthers();
      outcome = await(context);
      context.leave(scope);
      flagged = Thread.interrupted();
    }

    abstract void startOthers();

    String await(Context context) {
      try {
        return Parking.await(waiter, deadline()) ? "signalled" : "timed out";
      } catch (InterruptedException stopped) {
        return context.isFromOutside(stopped) ? "interrupted" : stopped.getMessage();
      }
    }

    long deadline() {
      return TaskRuntime.NEVER;
    }

    void grant() {
      granted = waiter.signal();
    }

    @Override
    protected void verify() {
      assertEquals(granted, outcome.equals("signalled"), "granted means returned: " + outcome);
      assertFalse(Thread.interrupted(), "an interrupt came after the exit");
    }
  }

  private static class CancelOnly extends Wait {
    @Override
    void startOthers() {
      start(() -> scope.cancel(new Cause("cancelled")));
    }

    @Override
    protected void verify() {
      super.verify();
      assertEquals("cancelled", outcome);
      assertFalse(flagged);
    }
  }

  @ParameterizedTest
  @EnumSource
  void cancelAgainstPublishingAndParking_theWaitEnds(Way way) throws Exception {
    way.check(() -> new CancelOnly().play());
  }

  /** The body is deaf: it takes every interrupt away before it waits. */
  private static final class Swallowed extends CancelOnly {
    @Override
    String await(Context context) {
      anyoneMayGoFirst();
      Thread.interrupted();
      return super.await(context);
    }
  }

  @ParameterizedTest
  @EnumSource
  void cancelSwallowedBeforeTheWait_theWaitEnds(Way way) throws Exception {
    way.check(() -> new Swallowed().play());
  }

  private static final class GrantAgainstCancel extends Wait {
    @Override
    void startOthers() {
      start(this::grant);
      start(() -> scope.cancel(new Cause("cancelled")));
    }

    @Override
    protected void verify() {
      super.verify();
      assertTrue(granted || outcome.equals("cancelled"), outcome);
      assertFalse(flagged);
    }
  }

  @ParameterizedTest
  @EnumSource
  void grantAgainstCancel_returnedMeansGranted(Way way) throws Exception {
    way.check(() -> new GrantAgainstCancel().play());
  }

  private static final class GrantAgainstTimeout extends Wait {
    @Override
    long deadline() {
      return ModelRuntime.SOON;
    }

    @Override
    void startOthers() {
      start(this::grant);
      start(runtime::timePasses);
    }

    @Override
    protected void verify() {
      super.verify();
      assertTrue(granted || outcome.equals("timed out"), outcome);
      assertFalse(flagged);
    }
  }

  @ParameterizedTest
  @EnumSource
  void grantAgainstTimeout_returnedMeansGranted(Way way) throws Exception {
    way.check(() -> new GrantAgainstTimeout().play());
  }

  private static final class TimeoutAgainstCancel extends Wait {
    @Override
    long deadline() {
      return ModelRuntime.SOON;
    }

    @Override
    void startOthers() {
      start(runtime::timePasses);
      start(() -> scope.cancel(new Cause("cancelled")));
    }

    @Override
    protected void verify() {
      super.verify();
      assertTrue(outcome.equals("cancelled") || outcome.equals("timed out"), outcome);
      assertFalse(flagged);
    }
  }

  @ParameterizedTest
  @EnumSource
  void timeoutAgainstCancel_oneOfThemIsTold(Way way) throws Exception {
    way.check(() -> new TimeoutAgainstCancel().play());
  }

  private static final class GrantAgainstInterrupt extends Wait {
    @Override
    void startOthers() {
      start(this::grant);
      start(() -> sleeper.interrupt());
    }

    @Override
    protected void verify() {
      assertEquals(granted, outcome.equals("signalled"), "granted means returned: " + outcome);
      boolean late = Thread.interrupted();
      boolean pending = flagged || late;
      assertEquals(granted, pending, "an interrupt is thrown or left pending, and not both");
    }
  }

  @ParameterizedTest
  @EnumSource
  void grantAgainstInterrupt_theInterruptIsThrownOrPending(Way way) throws Exception {
    way.check(() -> new GrantAgainstInterrupt().play());
  }

  /** The interrupt comes first, so it cannot be taken for an echo of the cancellation. */
  private static final class InterruptThenCancel extends Wait {
    @Override
    void startOthers() {
      start(
          () -> {
            sleeper.interrupt();
            scope.cancel(new Cause("cancelled"));
          });
    }

    @Override
    protected void verify() {
      assertTrue(
          outcome.equals("interrupted") != flagged, outcome + (flagged ? " and pending" : ""));
      assertFalse(Thread.interrupted(), "an interrupt came after the exit");
    }
  }

  @ParameterizedTest
  @EnumSource
  void interruptThenCancel_theInterruptIsNotLost(Way way) throws Exception {
    way.check(() -> new InterruptThenCancel().play());
  }

  private static final class TwoCancels extends Wait {
    boolean first;
    boolean second;

    @Override
    void startOthers() {
      start(() -> first = scope.cancel(new Cause("first")));
      start(() -> second = scope.cancel(new Cause("second")));
    }

    @Override
    protected void verify() {
      super.verify();
      assertTrue(first != second);
      assertEquals(first ? "first" : "second", outcome);
      assertEquals(outcome, scope.ownCause().exception(true).getMessage());
      assertFalse(flagged);
    }
  }

  @ParameterizedTest
  @EnumSource
  void twoCancels_theFirstReasonStays(Way way) throws Exception {
    way.check(() -> new TwoCancels().play());
  }

  /** Who grants holds a lock, so it claims first and wakes later; two alert. */
  private static final class AlertAgainstGrant extends Wait {
    @Override
    void startOthers() {
      start(() -> waiter.alert());
      start(
          () -> {
            waiter.alert();
            granted = waiter.claim();
            anyoneMayGoFirst();
            waiter.wake();
          });
    }

    @Override
    protected void verify() {
      super.verify();
      assertTrue(granted);
      assertFalse(flagged);
    }
  }

  @ParameterizedTest
  @EnumSource
  void alertAgainstGrant_theWaitEnds(Way way) throws Exception {
    way.check(() -> new AlertAgainstGrant().play());
  }

  private static final class AlertAgainstCancel extends CancelOnly {
    @Override
    void startOthers() {
      start(() -> waiter.alert());
      super.startOthers();
    }
  }

  @ParameterizedTest
  @EnumSource
  void alertAgainstCancel_theWaitEnds(Way way) throws Exception {
    way.check(() -> new AlertAgainstCancel().play());
  }
}
