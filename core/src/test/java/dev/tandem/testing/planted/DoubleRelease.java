package dev.tandem.testing.planted;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.TaskGroup;
import dev.tandem.flow.AsyncQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** Who borrows gives back, and so does the watchman of those who keep it too long. */
final class DoubleRelease extends Planted<DoubleRelease.Lease> {

  DoubleRelease() {
    super(
        "double release",
        () -> new Wrong(AsyncQueue.unbounded()),
        () -> new Right(AsyncQueue.unbounded()));
  }

  abstract static class Lease {
    final AsyncQueue<String> idle;
    final AtomicBoolean returned = new AtomicBoolean();

    Lease(AsyncQueue<String> idle) {
      this.idle = idle;
    }

    abstract void giveBack() throws InterruptedException;
  }

  private static final class Wrong extends Lease {
    Wrong(AsyncQueue<String> idle) {
      super(idle);
    }

    @Override
    void giveBack() throws InterruptedException {
      if (!returned.get()) {
        idle.put("connection");
        returned.set(true);
      }
    }
  }

  private static final class Right extends Lease {
    Right(AsyncQueue<String> idle) {
      super(idle);
    }

    @Override
    void giveBack() throws InterruptedException {
      if (returned.compareAndSet(false, true)) {
        idle.put("connection");
      }
    }
  }

  @Override
  void program(TaskGroup around, Lease lease) throws InterruptedException {
    TaskGroup.run(
        (TaskGroup group) -> {
          group.start("borrower", () -> afterASecond(lease));
          group.start("watchman", () -> afterASecond(lease));
        });
    assertEquals(1, lease.idle.size(), "there is one connection");
  }

  private static void afterASecond(Lease lease) throws InterruptedException {
    sleep(ofSeconds(1));
    lease.giveBack();
  }
}
