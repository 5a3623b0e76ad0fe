package dev.tandem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.internal.Context;
import dev.tandem.internal.ModelRuntime;
import dev.tandem.internal.Scenario;
import dev.tandem.internal.Scenario.Way;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Promise 5: of an expiry and a move exactly one comes first, and an exit ends both. */
@Tag("lincheck")
final class DeadlineLincheckTest {

  private static final class ExpiryAgainstMove extends Scenario {
    DeadlineScope scope;
    boolean moved;
    boolean expired;

    @Override
    protected void run(Context context) throws Throwable {
      scope = new DeadlineScope(null, context, ModelRuntime.SOON);
      scope.call(
          deadline -> {
            start(runtime::timePasses);
            start(() -> moved = scope.moveTo(Long.MAX_VALUE - 1));
            awaitOthers();
            expired = scope.isExpired();
            return 0;
          });
    }

    @Override
    protected void verify() {
      assertTrue(moved != expired, moved ? "both" : "neither");
      assertEquals(expired, scope.ownCause() != null);
      assertFalse(Thread.interrupted());
    }
  }

  @ParameterizedTest
  @EnumSource
  void expiryAgainstMove_exactlyOneWins(Way way) throws Exception {
    way.check(() -> new ExpiryAgainstMove().play());
  }

  private static final class ExpiryAgainstExit extends Scenario {
    DeadlineScope scope;
    int value;
    boolean flagAtExit;

    @Override
    protected void run(Context context) throws Throwable {
      scope = new DeadlineScope(null, context, ModelRuntime.SOON);
      value =
          scope.call(
              deadline -> {
                start(runtime::timePasses);
                return 42;
              });
      flagAtExit = Thread.interrupted();
    }

    @Override
    protected void verify() {
      assertEquals(42, value);
      assertFalse(flagAtExit);
      assertFalse(Thread.interrupted(), "the timer's interrupt came after the exit");
    }
  }

  @ParameterizedTest
  @EnumSource
  void expiryAgainstExit_theValueCountsAndNoInterruptComesLater(Way way) throws Exception {
    way.check(() -> new ExpiryAgainstExit().play());
  }
}
