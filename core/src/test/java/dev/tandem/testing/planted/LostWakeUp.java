package dev.tandem.testing.planted;

import dev.tandem.TaskGroup;
import dev.tandem.sync.AsyncCondition;

/** Who waits looks first and waits then; who is to wake it comes in between. */
final class LostWakeUp extends Planted<LostWakeUp.Readiness> {

  LostWakeUp() {
    super("lost wake-up", Wrong::new, Right::new);
  }

  /** A thing that gets ready once. */
  abstract static class Readiness {
    final AsyncCondition changed = AsyncCondition.create();
    boolean ready;

    void ready() throws InterruptedException {
      try (var _ = changed.lock().lock()) {
        ready = true;
        changed.signalAll();
      }
    }

    boolean isReady() throws InterruptedException {
      try (var _ = changed.lock().lock()) {
        return ready;
      }
    }

    abstract void await() throws InterruptedException;
  }

  private static final class Wrong extends Readiness {
    @Override
    void await() throws InterruptedException {
      if (!isReady()) {
        try (var _ = changed.lock().lock()) {
          changed.await();
        }
      }
    }
  }

  private static final class Right extends Readiness {
    @Override
    void await() throws InterruptedException {
      try (var _ = changed.lock().lock()) {
        changed.await(() -> ready);
      }
    }
  }

  @Override
  void program(TaskGroup group, Readiness readiness) {
    group.start("waits", readiness::await);
    group.start("wakes", readiness::ready);
  }
}
