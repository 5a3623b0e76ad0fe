package dev.tandem.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.internal.Scenario.Way;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Promise 3: interrupts of ours stay inside the cancelled scope, and shields hold them back. */
@Tag("lincheck")
final class ScopeLincheckTest {

  private static final class CancelAgainstExit extends Scenario {
    Scope scope;
    boolean sent;
    boolean flagAtExit;

    @Override
    protected void run(Context context) {
      scope = new Scope(context.scope(), context);
      context.enter(scope);
      start(() -> scope.cancel(new Cause("cancelled")));
      sent = context.leave(scope);
      flagAtExit = Thread.interrupted();
    }

    @Override
    protected void verify() {
      assertFalse(flagAtExit);
      assertFalse(Thread.interrupted(), "an interrupt came after the exit");
      assertTrue(scope.ownCause() != null || !sent);
    }
  }

  @ParameterizedTest
  @EnumSource
  void cancelAgainstExit_noInterruptIsLeftOrArrivesLater(Way way) throws Exception {
    way.check(() -> new CancelAgainstExit().play());
  }

  /** Inner and outer are cancelled by two threads while the thread leaves the inner one. */
  private static final class BothCancelledAgainstExit extends Scenario {
    Scope outer;
    Scope inner;
    boolean pendingInside;
    boolean flagAtExit;

    @Override
    protected void run(Context context) throws InterruptedException {
      outer = new Scope(context.scope(), context);
      context.enter(outer);
      inner = new Scope(outer, context);
      context.enter(inner);
      start(() -> inner.cancel(new Cause("inner")));
      start(() -> outer.cancel(new Cause("outer")));
      context.leave(inner);
      awaitOthers();
      pendingInside = Thread.currentThread().isInterrupted();
      context.leave(outer);
      flagAtExit = Thread.interrupted();
    }

    @Override
    protected void verify() {
      assertTrue(pendingInside, "foreign code in the outer scope must find the interrupt");
      assertFalse(flagAtExit);
    }
  }

  @ParameterizedTest
  @EnumSource
  void leaveInner_outerIsCancelledToo_theFlagIsThereForTheOuterAlone(Way way) throws Exception {
    way.check(() -> new BothCancelledAgainstExit().play());
  }

  /** What is in the shield sees nothing; what comes after sees all. */
  private static final class Shielded extends Scenario {
    Scope outer;
    boolean flagInside;
    @Nullable CancelCause causeInside;
    boolean flagBehind;
    boolean flagAtExit;
    boolean toldBehind;

    @Override
    protected void run(Context context) throws InterruptedException {
      outer = new Scope(context.scope(), context);
      context.enter(outer);
      start(() -> outer.cancel(new Cause("outer")));
      var shield =
          new Scope(outer, context) {
            @Override
            public boolean isShield() {
              return true;
            }
          };
      context.enterShield(shield);
      anyoneMayGoFirst();
      flagInside = Thread.currentThread().isInterrupted();
      causeInside = shield.effectiveCause();
      context.leaveShield(shield);
      awaitOthers();
      flagBehind = Thread.currentThread().isInterrupted();
      try {
        context.checkpoint();
      } catch (InterruptedException stopped) {
        toldBehind = !context.isFromOutside(stopped);
      }
      context.leave(outer);
      flagAtExit = Thread.interrupted();
    }

    @Override
    protected void verify() {
      assertNull(causeInside);
      assertFalse(flagInside, "an interrupt of the outer scope came into the shield");
      assertTrue(flagBehind, "foreign code behind the shield must find the interrupt");
      assertTrue(toldBehind);
      assertFalse(flagAtExit);
    }
  }

  @ParameterizedTest
  @EnumSource
  void cancelAgainstShield_isHeldBackUntilItsEnd(Way way) throws Exception {
    way.check(() -> new Shielded().play());
  }

  /** An interrupt from outside that comes at any moment of a scope that nobody cancels. */
  private static final class OutsideInterrupt extends Scenario {
    boolean told;
    Thread inside;

    @Override
    protected void run(Context context) {
      inside = Thread.currentThread();
      var scope = new Scope(context.scope(), context);
      context.enter(scope);
      start(() -> inside.interrupt());
      try {
        anyoneMayGoFirst();
        context.checkpoint();
      } catch (InterruptedException stopped) {
        told = context.isFromOutside(stopped);
      }
      context.leave(scope);
    }

    @Override
    protected void verify() {
      assertEquals(told, !Thread.interrupted(), "told, or still pending, and not both");
    }
  }

  @ParameterizedTest
  @EnumSource
  void interruptFromOutside_isToldOrStillPending(Way way) throws Exception {
    way.check(() -> new OutsideInterrupt().play());
  }

  /** First an interrupt from outside, then the cancellation, against a thread that polls. */
  private static final class InterruptThenCancelAgainstPolling extends Scenario {
    Scope scope;
    Thread inside;
    boolean told;
    boolean flagAtExit;

    @Override
    protected void run(Context context) {
      inside = Thread.currentThread();
      scope = new Scope(context.scope(), context);
      context.enter(scope);
      start(
          () -> {
            inside.interrupt();
            scope.cancel(new Cause("cancelled"));
          });
      for (int i = 0; i < 2 && !told; i++) {
        try {
          anyoneMayGoFirst();
          context.checkpoint();
        } catch (InterruptedException stopped) {
          told |= context.isFromOutside(stopped);
        }
      }
      context.leave(scope);
      flagAtExit = Thread.interrupted();
    }

    @Override
    protected void verify() {
      boolean late = Thread.interrupted();
      assertTrue(told || flagAtExit || late, "the interrupt from outside was lost");
      assertFalse(told && flagAtExit, "the interrupt from outside was told twice");
    }
  }

  @ParameterizedTest
  @EnumSource
  void interruptThenCancel_whilePolling_theInterruptIsNotLost(Way way) throws Exception {
    way.check(() -> new InterruptThenCancelAgainstPolling().play());
  }
}
