package dev.tandem.flow;

import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.DeadlineExceededException;
import dev.tandem.Task;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SelectTest {

  private final AsyncQueue<Integer> one = AsyncQueue.bounded(1);
  private final AsyncQueue<Integer> other = AsyncQueue.bounded(1);

  @Test
  void run_severalCanBeDone_doesTheFirstInTheOrderGiven() throws Exception {
    one.put(1);
    other.put(2);
    assertEquals(2, Select.takeAny(other, one));
    other.put(2);
    assertEquals(1, Select.takeAny(one, other));
    assertEquals(1, other.size());
  }

  @Test
  void run_aPutAndATake_doesWhatCanBeDone() throws Exception {
    var either = Select.of(one.taking(item -> "took " + item), other.putting(7, () -> "put"));
    assertEquals("put", either.run());
    assertEquals(Optional.empty(), either.poll());
    one.put(3);
    assertEquals("took 3", either.run());
    assertEquals(7, other.take());
  }

  @Test
  void run_waiting_leavesTheOtherQueuesWhenOneServes() throws Exception {
    VirtualTime.run(
        root -> {
          other.put(0);
          Task<Integer> task = root.start(() -> Select.of(one.taking(), other.putting(9)).run());
          sleep(ofSeconds(1));
          assertEquals(1, one.statistics().waitingTakers());
          assertEquals(1, other.statistics().waitingPutters());
          assertEquals(0, other.take());
          assertEquals(9, task.await());
          assertEquals(0, one.statistics().waitingTakers());
          assertEquals(Optional.of(9), other.poll());
        });
  }

  @Test
  void run_cancelledOrTooLate_didNothing() throws Exception {
    VirtualTime.run(
        root -> {
          var either = Select.of(one.taking(), other.taking());
          assertEquals(Optional.empty(), either.within(ofSeconds(1)));
          assertThrows(DeadlineExceededException.class, () -> timeout(ofSeconds(1), either::run));
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
          assertEquals(0, one.statistics().waitingTakers() + other.statistics().waitingTakers());
        });
  }

  @Test
  void run_workOfTheClauseFails_throwsThatAndTheItemIsTaken() throws Exception {
    one.put(1);
    var mine = new IOException("mine");
    var select =
        Select.of(
            one.<Integer, IOException>taking(
                item -> {
                  throw mine;
                }));
    assertSame(mine, assertThrows(IOException.class, select::run));
    assertEquals(0, one.size());
  }

  @Test
  void run_oneQueueIsShutDownMeanwhile_goesOnWithTheOther() throws Exception {
    VirtualTime.run(
        root -> {
          Task<Integer> task = root.start(() -> Select.takeAny(one, other));
          sleep(ofSeconds(1));
          one.shutdown();
          sleep(ofSeconds(1));
          other.put(2);
          assertEquals(2, task.await());
        });
  }

  @Test
  void run_allAreShutDownMeanwhile_throws() throws Exception {
    VirtualTime.run(
        root -> {
          Task<?> task =
              root.start(
                  () ->
                      assertThrows(QueueShutDownException.class, () -> Select.takeAny(one, other)));
          sleep(ofSeconds(1));
          one.shutdown();
          sleep(ofSeconds(1));
          other.shutdown();
          task.await();
        });
  }

  @Test
  void run_allAreShutDown_speaksOfAll() {
    one.shutdown();
    other.shutdown();
    var error = assertThrows(QueueShutDownException.class, () -> Select.takeAny(one, other));
    assertEquals(
        "all that the select takes from has been shut down, and nothing is left in it",
        error.getMessage());
  }

  @Test
  void run_putIntoAQueueThatIsShutDown_throws() {
    other.shutdown();
    assertThrows(
        QueueShutDownException.class, () -> Select.of(one.taking(), other.putting(1)).run());
  }

  @Test
  void run_theSameQueueTwice_takesOnce() throws Exception {
    VirtualTime.run(
        root -> {
          AsyncQueue<Integer> meeting = AsyncQueue.rendezvous();
          Task<Integer> task =
              root.start(
                  () -> Select.of(meeting.taking(), meeting.taking(), meeting.putting(5)).run());
          sleep(ofSeconds(1));
          assertEquals(5, meeting.take());
          assertEquals(5, task.await());
          assertEquals(0, meeting.statistics().waitingTakers());
          assertEquals(Optional.empty(), meeting.poll());
        });
  }
}
