package dev.tandem;

import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.internal.RealRuntime;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever foreign code does when it is interrupted or told of: other deadlines are kept. */
@Timeout(60)
final class TimerThreadTest {

  private final CountDownLatch inForeignCode = new CountDownLatch(1);
  private final Semaphore heldUp = new Semaphore(0);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final AtomicReference<@Nullable String> where = new AtomicReference<>();

  /** Foreign code that is told of something, and takes its time. */
  private void toldOf() {
    where.set(Thread.currentThread().getName());
    inForeignCode.countDown();
    heldUp.release();
    boolean interrupted = false;
    while (goOn.getCount() > 0) {
      try {
        goOn.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void othersAreInTime() throws InterruptedException {
    inForeignCode.await();
    sleep(ofMillis(1));
    assertThrows(DeadlineExceededException.class, () -> timeout(ofMillis(1), () -> sleepLong()));
    goOn.countDown();
    assertFalse(String.valueOf(where.get()).startsWith("tandem-timer"), where.get());
  }

  private static void sleepLong() throws InterruptedException {
    sleep(ofMinutes(20));
  }

  /** A channel that takes its time to close; whoever interrupts its reader closes it. */
  private final class SlowToClose extends AbstractInterruptibleChannel {
    private final CountDownLatch closed = new CountDownLatch(1);

    void read() throws Exception {
      boolean done = false;
      try {
        begin();
        closed.await();
        done = true;
      } finally {
        end(done);
      }
    }

    @Override
    protected void implCloseChannel() {
      toldOf();
      closed.countDown();
    }
  }

  @Test
  void timeout_theInterruptClosesAChannelThatTakesLong_othersAreInTime() throws Exception {
    var channel = new SlowToClose();
    TaskGroup.run(
        (TaskGroup group) -> {
          group.start(
              () ->
                  assertThrows(
                      DeadlineExceededException.class,
                      () -> timeout(ofMillis(1), () -> channel.read())));
          othersAreInTime();
        });
  }

  @Test
  void timeout_manyInterruptsTakeLong_noneWaitsForAnother() throws Exception {
    int many = 100;
    TaskGroup.run(
        (TaskGroup group) -> {
          for (int i = 0; i < many; i++) {
            var channel = new SlowToClose();
            group.start(
                () ->
                    assertThrows(
                        DeadlineExceededException.class,
                        () -> timeout(ofMillis(1), () -> channel.read())));
          }
          boolean all = heldUp.tryAcquire(many, 30, SECONDS);
          assertThrows(
              DeadlineExceededException.class,
              () -> timeout(ofMillis(1), () -> Thread.sleep(ofMinutes(20))));
          goOn.countDown();
          assertTrue(all, "some have not been interrupted");
        });
  }

  /** A thread that is a class of its own. */
  private final class SlowToInterrupt extends Thread {
    @Nullable Throwable thrown;

    @Override
    public void run() {
      try {
        timeout(ofMillis(1), () -> Thread.sleep(1_000_000));
      } catch (Throwable told) {
        thrown = told;
      }
    }

    @Override
    public void interrupt() {
      if (Thread.currentThread() != this) {
        toldOf();
      }
      super.interrupt();
    }
  }

  @Test
  void timeout_theThreadHasAnInterruptOfItsOwn_othersAreInTime() throws Exception {
    var thread = new SlowToInterrupt();
    thread.start();
    othersAreInTime();
    thread.join();
    assertInstanceOf(DeadlineExceededException.class, thread.thrown);
  }

  @Test
  void timer_itsActionFails_whoeverIsToldOfItHoldsUpNobody() throws Exception {
    var bug = new IllegalStateException("a bug");
    var told = new AtomicReference<@Nullable Throwable>();
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, thrown) -> {
          told.set(thrown);
          toldOf();
        });
    try {
      RealRuntime.INSTANCE.schedule(
          0,
          () -> {
            throw bug;
          });
      othersAreInTime();
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
    assertEquals(bug, told.get());
  }
}
