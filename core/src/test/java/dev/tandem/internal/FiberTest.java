package dev.tandem.internal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class FiberTest {

  private static final class Cause extends CancelCause {
    @Override
    public InterruptedException exception(boolean traced) {
      return new InterruptedException();
    }
  }

  /** Is cancelled while it is started, as others may do at any moment. */
  private static final class CancelledAtItsStart extends Fiber {
    private final Group around;
    private final AtomicBoolean interrupted = new AtomicBoolean();

    CancelledAtItsStart(Group around) {
      super(around, false, true);
      this.around = around;
    }

    @Override
    protected Baggage.@Nullable Around baggage() {
      around.cancel(new Cause());
      return null;
    }

    @Override
    protected void body() {
      interrupted.set(Thread.currentThread().isInterrupted());
    }

    @Override
    protected void over(@Nullable Throwable thrown, boolean interruptSent) {}
  }

  @Test
  void start_cancelledBeforeItsThreadStarts_beginsInterrupted() throws Throwable {
    boolean interrupted =
        Context.<Boolean>call(
            context -> {
              var group = new Group(null, context);
              context.enter(group);
              var fiber = new CancelledAtItsStart(group);
              group.start(fiber);
              group.join(new Cause(), new Cause());
              context.leave(group);
              return fiber.interrupted.get();
            });
    assertTrue(interrupted);
  }
}
