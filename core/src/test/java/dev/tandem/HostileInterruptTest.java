package dev.tandem;

import static dev.tandem.ForeignChannel.await;
import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofMillis;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the foreign code does that an interrupt runs is no matter of who cancels. */
@Timeout(60)
final class HostileInterruptTest {

  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final AtomicBoolean ended = new AtomicBoolean();
  private final ForeignChannel throwing =
      new ForeignChannel(
          () -> {
            throw new AssertionError("of the channel");
          });

  /** Uses the channel, and takes its time to clean up. */
  private void useThrowing() throws Exception {
    try {
      throwing.use();
    } finally {
      Thread.interrupted();
      try {
        mayEnd.await(200, TimeUnit.MILLISECONDS);
      } finally {
        ended.set(true);
      }
    }
  }

  @Test
  void cancel_anInterruptThrows_theOthersAreWoken() throws Exception {
    var sleeping = new CountDownLatch(1);
    var woken = new AtomicBoolean();
    TaskGroup.run(
        group -> {
          Action<InterruptedException> sleeper =
              () -> {
                sleeping.countDown();
                assertThrows(InterruptedException.class, () -> mayEnd.await(20, SECONDS));
                woken.set(true);
              };
          group.start(sleeper);
          group.start(throwing::use);
          group.start(sleeper);
          await(sleeping);
          await(throwing.inUse);
          group.cancel("enough");
        });
    assertTrue(woken.get());
  }

  @Test
  void run_theBodyFailsAndAnInterruptThrows_noChildOutlivesTheGroup() {
    var failure =
        assertThrows(
            IOException.class,
            () ->
                TaskGroup.run(
                    (TaskGroup group) -> {
                      group.start(this::useThrowing);
                      await(throwing.inUse);
                      throw new IOException("of the body");
                    }));
    assertEquals("of the body", failure.getMessage());
    assertTrue(ended.get());
    assertEquals("", Tandem.currentPath());
  }

  @Test
  void run_theWorkIsDoneAndTheInterruptOfADaemonThrows_itDoesNotOutliveTheGroup() throws Exception {
    TaskGroup.run(
        (TaskGroup group) -> {
          group.startDaemon("daemon", this::useThrowing);
          await(throwing.inUse);
        });
    assertTrue(ended.get());
  }

  @Test
  void deadline_waitsForAThreadThatIsBeingInterrupted_holdsUpNoOther() throws Exception {
    var mayClose = new CountDownLatch(1);
    var slow = new ForeignChannel(() -> await(mayClose));
    Action<Exception> both =
        () ->
            TaskGroup.run(
                (TaskGroup group) -> {
                  group.start(() -> timeout(ofMillis(10), slow::use));
                  await(slow.closed);
                  // The thread of the timers has the whole group to cancel by now.
                  sleep(ofMillis(200));
                });
    TaskGroup.run(
        (TaskGroup group) -> {
          group.start(
              () ->
                  assertThrows(DeadlineExceededException.class, () -> timeout(ofMillis(50), both)));
          await(slow.closed);
          for (int i = 0; i < 10; i++) {
            sleep(ofMillis(20));
          }
          mayClose.countDown();
        });
  }
}
