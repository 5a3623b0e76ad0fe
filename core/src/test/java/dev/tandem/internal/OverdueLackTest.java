package dev.tandem.internal;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.LogCapture;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who looks after an overdue body goes on to, whatever is lacking. */
final class OverdueLackTest {

  /** A clock moved by hand, on which no thread can be started for a while. */
  private static final class Lacking implements TaskRuntime {
    private final Deque<Runnable> timers = new ArrayDeque<>();
    private long now;
    private boolean lacking = true;
    private @Nullable Runnable body;

    /** Goes on to the next timer; there must be exactly one. */
    void next() {
      assertEquals(1, timers.size());
      timers.remove().run();
    }

    @Override
    public long now() {
      return now;
    }

    @Override
    public Thread newThread(Runnable body) {
      this.body = body;
      return new Thread(body);
    }

    @Override
    public void start(Thread thread) {
      if (lacking) {
        throw new OutOfMemoryError("unable to create native thread");
      }
      requireNonNull(body).run();
    }

    @Override
    public void ended() {}

    @Override
    public Timer schedule(long deadline, Runnable action) {
      Runnable atItsTime =
          () -> {
            now = deadline;
            action.run();
          };
      timers.add(atItsTime);
      return () -> timers.remove(atItsTime);
    }

    @Override
    public void park(Waiter waiter, long deadline) {
      throw new AssertionError("nobody waits");
    }
  }

  @Test
  void look_noThreadToTellOn_looksAgain() throws Throwable {
    var runtime = new Lacking();
    try (var log = new LogCapture("dev.tandem.stragglers")) {
      Context.callOn(
          runtime,
          context -> {
            var scope = new Scope(null, context) {};
            context.enter(scope);
            scope.cancel(Backstage.get().requested("enough"));
            runtime.next();
            runtime.next();
            assertEquals(List.of(), log.messages());
            runtime.lacking = false;
            runtime.next();
            context.leave(scope);
            assertEquals(0, runtime.timers.size());
            return 0;
          });
      assertEquals(
          List.of("code in a cancelled scope still runs 70 s after it was cancelled"),
          log.messages());
    }
  }
}
