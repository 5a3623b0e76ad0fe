package dev.tandem.testing.planted;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.TaskGroup;
import dev.tandem.flow.AsyncQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** Two owners close a thing, and each finds it open. */
final class DoubleClose extends Planted<DoubleClose.Session> {

  DoubleClose() {
    super("double close", Wrong::new, Right::new);
  }

  abstract static class Session {
    final AsyncQueue<String> sent = AsyncQueue.unbounded();
    final AtomicBoolean closed = new AtomicBoolean();

    abstract void close() throws InterruptedException;
  }

  private static final class Wrong extends Session {
    @Override
    void close() throws InterruptedException {
      if (!closed.get()) {
        sent.put("goodbye");
        closed.set(true);
      }
    }
  }

  private static final class Right extends Session {
    @Override
    void close() throws InterruptedException {
      if (closed.compareAndSet(false, true)) {
        sent.put("goodbye");
      }
    }
  }

  @Override
  void program(TaskGroup around, Session session) throws InterruptedException {
    TaskGroup.run(
        (TaskGroup owners) -> {
          owners.start("reader", session::close);
          owners.start("writer", session::close);
        });
    assertEquals(1, session.sent.size(), "one goodbye");
  }
}
