package dev.tandem.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Stress;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The narrow races of scopes, with both sides lined up on a barrier of spins. */
@Tag("stress")
final class ScopeRaceTest {

  private static final class Cause extends CancelCause {
    @Override
    public InterruptedException exception(boolean traced) {
      return new InterruptedException("ours");
    }
  }

  /** A canceller that waits for a scope and cancels it at once. */
  private static final class Canceller implements AutoCloseable {
    private final AtomicReference<@Nullable Scope> next = new AtomicReference<>();
    private volatile boolean stop;
    private final Thread thread = Thread.ofPlatform().start(this::run);

    void cancelSoon(Scope scope) {
      next.set(scope);
    }

    void awaitDone() {
      while (next.get() != null) {
        Thread.onSpinWait();
      }
    }

    private void run() {
      while (!stop) {
        Scope scope = next.get();
        if (scope != null) {
          spin(ThreadLocalRandom.current().nextInt(200));
          scope.cancel(new Cause());
          next.set(null);
        }
      }
    }

    @Override
    public void close() {
      stop = true;
      while (thread.isAlive()) {
        Thread.onSpinWait();
      }
    }
  }

  private static void spin(int times) {
    for (int i = 0; i < times; i++) {
      Thread.onSpinWait();
    }
  }

  @Test
  void cancelAgainstExit_noInterruptArrivesOutside() throws Throwable {
    try (var canceller = new Canceller()) {
      Stress.repeat(
          () ->
              Context.<Object>call(
                  context -> {
                    context.enter(new Scope(null, context));
                    for (int i = 0; i < 1000; i++) {
                      var scope = new Scope(context.scope(), context);
                      context.enter(scope);
                      canceller.cancelSoon(scope);
                      spin(ThreadLocalRandom.current().nextInt(200));
                      context.leave(scope);
                      assertFalse(Thread.currentThread().isInterrupted());
                      canceller.awaitDone();
                      assertFalse(Thread.interrupted(), "an interrupt came after the exit");
                    }
                    return "done";
                  }));
    }
  }

  @Test
  void cancelAgainstExit_withTheOuterCancelled_leavesTheFlagForTheOuter() throws Throwable {
    try (var canceller = new Canceller()) {
      Stress.repeat(
          () ->
              Context.<Object>call(
                  context -> {
                    for (int i = 0; i < 1000; i++) {
                      var outer = new Scope(context.scope(), context);
                      context.enter(outer);
                      var inner = new Scope(outer, context);
                      context.enter(inner);
                      inner.cancel(new Cause());
                      canceller.cancelSoon(outer);
                      spin(ThreadLocalRandom.current().nextInt(200));
                      context.leave(inner);
                      canceller.awaitDone();
                      assertTrue(Thread.currentThread().isInterrupted());
                      context.leave(outer);
                      assertFalse(Thread.currentThread().isInterrupted());
                    }
                    return "done";
                  }));
    }
  }

  @Test
  void cancelAgainstParking_theWaitAlwaysEnds() throws Throwable {
    try (var canceller = new Canceller()) {
      Stress.repeat(
          () ->
              Context.<Object>call(
                  context -> {
                    int cancelled = 0;
                    for (int i = 0; i < 200; i++) {
                      var scope = new Scope(context.scope(), context);
                      context.enter(scope);
                      canceller.cancelSoon(scope);
                      spin(ThreadLocalRandom.current().nextInt(200));
                      try {
                        Parking.await(new Waiter(), TaskRuntime.NEVER);
                      } catch (InterruptedException stopped) {
                        assertEquals("ours", stopped.getMessage());
                        cancelled++;
                      }
                      context.leave(scope);
                      canceller.awaitDone();
                    }
                    assertEquals(200, cancelled);
                    return "done";
                  }));
    }
  }

  @Test
  void cancelAfterTheGrant_theWaitReturnsAllTheSame() throws Throwable {
    Context.<Object>call(
        context -> {
          var scope = new Scope(context.scope(), context);
          context.enter(scope);
          var waiter = new Waiter();
          assertTrue(waiter.signal());
          scope.cancel(new Cause());
          assertTrue(Parking.await(waiter, TaskRuntime.NEVER));
          context.leave(scope);
          return "done";
        });
  }

  @Test
  void grantAfterTheCancel_isRefused() throws Throwable {
    Context.<Object>call(
        context -> {
          var scope = new Scope(context.scope(), context);
          context.enter(scope);
          var waiter = new Waiter();
          scope.cancel(new Cause());
          assertThrows(InterruptedException.class, () -> Parking.await(waiter, TaskRuntime.NEVER));
          assertFalse(waiter.signal());
          context.leave(scope);
          return "done";
        });
  }

  @Test
  void start_afterJoin_isRefusedByTheGroupItself() throws Throwable {
    Context.<Object>call(
        context -> {
          var group = new Group(null, context);
          context.enter(group);
          group.join(new Cause(), new Cause());
          context.leave(group);
          var late =
              new Fiber(group, false) {
                @Override
                protected void body() {}

                @Override
                protected void over(@Nullable Throwable thrown, boolean interruptSent) {}
              };
          assertFalse(group.start(late));
          assertEquals(0, group.size());
          return "done";
        });
  }
}
