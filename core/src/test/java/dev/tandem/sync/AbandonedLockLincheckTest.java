package dev.tandem.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.TaskGroup;
import dev.tandem.internal.Context;
import dev.tandem.internal.Scenario;
import dev.tandem.internal.Scenario.Way;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever waits for a lock has it or is told, just when its owner ends or hands it over. */
@Tag("lincheck")
final class AbandonedLockLincheckTest {

  /** A task keeps the lock and ends, while its starter comes for it. */
  private static final class EndAgainstComing extends Scenario {
    final AsyncLock lock = AsyncLock.create();
    boolean got;
    boolean told;

    @Override
    protected void run(Context context) throws Exception {
      TaskGroup.run(
          group -> {
            group.start(() -> lock.tryLock().isPresent());
            try {
              lock.lock().close();
              got = true;
            } catch (LockOwnershipException ended) {
              told = true;
            }
          });
    }

    @Override
    protected void verify() {
      assertTrue(got || told);
      assertEquals(0, lock.statistics().waiting());
      if (told) {
        assertThrows(LockOwnershipException.class, lock::lock);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void endAgainstComing_hasTheLockOrIsTold(Way way) throws Exception {
    way.check(() -> new EndAgainstComing().play());
  }

  /** A task is handed the lock and ends with it, while another stands behind, or comes. */
  private static final class EndAfterHandOver extends Scenario {
    final AsyncLock lock = AsyncLock.create();

    // Volatile: written by tasks.
    volatile boolean kept;
    volatile int got;
    volatile int told;

    @Override
    protected void run(Context context) throws Exception {
      TaskGroup.run(
          group -> {
            AsyncLock.Hold mine = lock.lock();
            group.start(
                () -> {
                  lock.lock();
                  kept = true;
                });
            group.start(this::come);
            mine.close();
          });
    }

    private void come() throws InterruptedException {
      try {
        lock.lock().close();
        got = 1;
      } catch (LockOwnershipException ended) {
        told = 1;
      }
    }

    @Override
    protected void verify() {
      assertTrue(kept);
      assertEquals(1, got + told);
      assertEquals(0, lock.statistics().waiting());
      assertThrows(LockOwnershipException.class, lock::lock);
    }
  }

  @ParameterizedTest
  @EnumSource
  void endAfterHandOver_whoStandsBehindHasTheLockOrIsTold(Way way) throws Exception {
    way.check(() -> new EndAfterHandOver().play());
  }
}
