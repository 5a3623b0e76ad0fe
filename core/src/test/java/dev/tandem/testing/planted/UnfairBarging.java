package dev.tandem.testing.planted;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.TaskGroup;
import dev.tandem.sync.AsyncEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** What is given back lies open until who waits for it comes, and somebody else comes sooner. */
final class UnfairBarging extends Planted<UnfairBarging.Limit> {

  UnfairBarging() {
    super("unfair barging", Wrong::new, Right::new);
  }

  abstract static class Limit {
    final AtomicInteger free = new AtomicInteger(1);
    final Queue<AsyncEvent> waiting = new ConcurrentLinkedQueue<>();

    abstract void acquire() throws InterruptedException;

    abstract void release();

    boolean take() {
      return free.getAndUpdate(now -> Math.max(0, now - 1)) > 0;
    }
  }

  private static final class Wrong extends Limit {
    @Override
    void acquire() throws InterruptedException {
      while (!take()) {
        AsyncEvent turn = AsyncEvent.create();
        waiting.add(turn);
        turn.await();
      }
    }

    @Override
    void release() {
      free.incrementAndGet();
      AsyncEvent next = waiting.poll();
      if (next != null) {
        next.set();
      }
    }
  }

  private static final class Right extends Limit {
    @Override
    void acquire() throws InterruptedException {
      if (!take()) {
        AsyncEvent turn = AsyncEvent.create();
        waiting.add(turn);
        turn.await();
      }
    }

    /** Whoever is next has it already when it is woken. */
    @Override
    void release() {
      AsyncEvent next = waiting.poll();
      if (next == null) {
        free.incrementAndGet();
      } else {
        next.set();
      }
    }
  }

  @Override
  void program(TaskGroup around, Limit limit) throws InterruptedException {
    List<String> served = new ArrayList<>();
    TaskGroup.run(
        (TaskGroup group) -> {
          limit.acquire();
          group.start("first", () -> use(limit, 1, served));
          group.start("second", () -> use(limit, 2, served));
          sleep(ofSeconds(2));
          limit.release();
        });
    assertEquals(List.of("after 1 s", "after 2 s"), served);
  }

  private static void use(Limit limit, int after, List<String> served) throws InterruptedException {
    sleep(ofSeconds(after));
    limit.acquire();
    served.add("after " + after + " s");
    limit.release();
  }
}
