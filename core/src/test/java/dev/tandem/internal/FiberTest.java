package dev.tandem.internal;

import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class FiberTest {

  private static final class Cause extends CancelCause {
    @Override
    public InterruptedException exception(boolean traced) {
      return new InterruptedException();
    }
  }

  private static final class Idle extends Fiber {
    private final CountDownLatch end;

    Idle(Group group, CountDownLatch end) {
      super(group, false);
      this.end = end;
    }

    @Override
    protected void body() throws InterruptedException {
      end.await();
    }

    @Override
    protected void over(@Nullable Throwable thrown, boolean interruptSent) {}
  }

  @Test
  void ended_keepsNoOtherChildAlive() throws Throwable {
    Context.call(
        context -> {
          var group = new Group(null, context);
          context.enter(group);
          var end = new CountDownLatch(1);
          List<Fiber> fibers = new ArrayList<>();
          for (int i = 0; i < 5; i++) {
            var fiber = new Idle(group, end);
            fibers.add(fiber);
            group.start(fiber);
          }
          end.countDown();
          group.join(new Cause(), new Cause());
          context.leave(group);
          for (Fiber fiber : fibers) {
            assertNull(fiber.previous);
            assertNull(fiber.next);
          }
          return null;
        });
  }
}
