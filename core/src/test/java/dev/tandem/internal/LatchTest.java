package dev.tandem.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LatchTest {

  @Test
  void await_manyGiveUpWhileALaterOneWaits_theyLeaveNothingBehind() throws Exception {
    var latch = new Latch();
    Thread before = waiting(latch, 1);
    for (int i = 0; i < 20; i++) {
      Thread next = waiting(latch, 2);
      before.interrupt();
      before.join();
      assertEquals(1, latch.waiting());
      before = next;
    }
    latch.open();
    before.join();
    assertTrue(latch.isOpen());
  }

  @Test
  void open_severalWait_theFirstToComeIsWokenFirst() throws Exception {
    var latch = new Latch();
    List<Thread> threads = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      threads.add(waiting(latch, i));
    }
    latch.open();
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(0, latch.waiting());
  }

  /** A thread that waits for the latch, as one of {@code count}. */
  private static Thread waiting(Latch latch, int count) {
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    latch.await(TaskRuntime.NEVER);
                  } catch (InterruptedException gaveUp) {
                    // As planned.
                  }
                });
    while (latch.waiting() < count) {
      Thread.yield();
    }
    return thread;
  }
}
