package dev.tandem;

import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Iterator;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Exceptions that fail when they are asked for their cause: nobody waits for ever for that. */
@Timeout(20)
final class HostileCauseTest {

  private static final class Hostile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    // Whoever prints a failed test must be able to.
    private volatile boolean tamed;

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // it has nothing to guard
    public @Nullable Throwable getCause() {
      if (tamed) {
        return null;
      }
      throw this;
    }
  }

  private final Hostile hostile = new Hostile();
  private final CountDownLatch begun = new CountDownLatch(1);

  @AfterEach
  void tame() {
    hostile.tamed = true;
  }

  private int sleepInForeignCode() {
    begun.countDown();
    try {
      Thread.sleep(60_000);
      return 1;
    } catch (InterruptedException e) {
      throw hostile;
    }
  }

  /** One item; whoever asks for a second is told that there has been a failure. */
  private final class FailingSource implements Iterator<Integer> {
    private boolean given;

    @Override
    public boolean hasNext() {
      return true;
    }

    @Override
    public Integer next() {
      if (!given) {
        given = true;
        return 1;
      }
      try {
        begun.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException("the item should have begun", e);
      }
      throw new IllegalStateException("no more");
    }
  }

  private boolean isReportedBeside(Throwable failure) {
    return Arrays.stream(failure.getSuppressed())
        .anyMatch(
            report -> report instanceof TaskFailedException task && task.failure() == hostile);
  }

  @Test
  void asCompleted_anItemThrowsItWhenStopped_theLoopEnds() {
    var failure =
        assertThrows(
            IllegalStateException.class,
            () -> {
              try (var outcomes =
                  Gather.over(FailingSource::new)
                      .limit(2)
                      .asCompleted(item -> sleepInForeignCode())) {
                for (var outcome : outcomes) {
                  assertFalse(outcome.isSuccess());
                }
              }
            });
    assertEquals("no more", failure.getMessage());
  }

  @Test
  void gather_anItemThrowsItWhenStopped_itIsReportedBesideTheFailure() {
    var failure =
        assertThrows(
            IllegalStateException.class,
            () -> Gather.over(FailingSource::new).limit(2).run(item -> sleepInForeignCode()));
    assertEquals("no more", failure.getMessage());
    assertTrue(isReportedBeside(failure));
  }

  @Test
  void group_aChildThrowsItWhenStopped_itIsReported() {
    var failure =
        assertThrows(
            IllegalStateException.class,
            () ->
                TaskGroup.run(
                    (TaskGroup group) -> {
                      group.start("hostile", this::sleepInForeignCode);
                      begun.await();
                      throw new IllegalStateException("no more");
                    }));
    assertEquals("no more", failure.getMessage());
    assertTrue(isReportedBeside(failure));
  }

  @Test
  void timeout_theBodyThrowsItWhenStopped_isTheTimeout() {
    var failure =
        assertThrows(
            DeadlineExceededException.class, () -> timeout(ofSeconds(1), this::sleepInForeignCode));
    assertSame(hostile, failure.getCause());
  }
}
