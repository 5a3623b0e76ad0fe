package dev.tandem.regressions;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.CancelledException;
import dev.tandem.TaskGroup;
import dev.tandem.TaskGroupException;
import dev.tandem.flow.AsyncQueue;
import dev.tandem.flow.QueueShutDownException;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.Test;

/**
 * Jox's actors: who asks one whose task dies must learn that nobody will answer, at once, also when
 * the ask is still in the queue.
 */
final class ActorTrapsTest {

  /** A question, and where the answer is expected. */
  private record Ask(int number, AsyncQueue<String> answer) {}

  private final IOException died = new IOException("the actor died");
  private final AsyncQueue<Ask> questions = AsyncQueue.bounded(4);

  // What each asker was told, and after how many seconds.
  private final ConcurrentMap<Integer, String> told = new ConcurrentSkipListMap<>();

  /** Answers a question a second, and dies of the second one, which it refuses. */
  private void act() throws IOException, InterruptedException {
    for (Ask ask : questions.items()) {
      sleep(ofSeconds(1));
      if (ask.number == 1) {
        ask.answer.put("answered");
      } else {
        // Nobody but the actor knows of the ask that is in its hands; two more are in the queue.
        ask.answer.shutdown(died);
        throw died;
      }
    }
  }

  private void ask(int number) throws InterruptedException {
    AsyncQueue<String> answer = AsyncQueue.bounded(1);
    try {
      questions.put(new Ask(number, answer));
      note(number, answer.take());
    } catch (QueueShutDownException refused) {
      assertSame(died, refused.getCause());
      note(number, "refused");
    } catch (CancelledException cancelled) {
      note(number, "cancelled");
      throw cancelled;
    }
  }

  private void note(int number, String what) {
    told.put(number, what + " at " + VirtualTime.elapsed().toSeconds());
  }

  private void startAskers(TaskGroup group) {
    for (int i = 1; i <= 4; i++) {
      int number = i;
      group.start("asker", () -> ask(number));
    }
  }

  @Test
  void joxAsk_actorOfTheSameGroupDies_askersLearnItAtOnce() throws Exception {
    VirtualTime.run(
        (TaskGroup _) -> {
          var thrown =
              assertThrows(
                  TaskGroupException.class,
                  () ->
                      TaskGroup.run(
                          group -> {
                            group.start("actor", this::act);
                            startAskers(group);
                          }));
          assertSame(died, thrown.failures().getFirst().failure());
          assertEquals(1, thrown.failureCount());
          assertToldAfterTwoSeconds("cancelled");
        });
  }

  @Test
  void joxAsk_actorOfAnInnerGroupDies_askersOfTheOuterGroupLearnItAtOnce() throws Exception {
    VirtualTime.run(
        (TaskGroup _) -> {
          assertThrows(
              TaskGroupException.class,
              () ->
                  TaskGroup.run(
                      outer -> {
                        startAskers(outer);
                        outer.start("owner", () -> TaskGroup.run(this::startActor));
                      }));
          assertToldAfterTwoSeconds("cancelled");
        });
  }

  private void startActor(TaskGroup group) {
    group.start("actor", this::act);
  }

  /** Then the asks belong to nobody: the owner shuts down the queue and what is in it. */
  @Test
  void joxAsk_actorsOwnerKeepsItsFailure_askersAreRefusedWithTheReason() throws Exception {
    VirtualTime.run(
        root -> {
          startAskers(root);
          root.start("owner", this::own).await();
          assertToldAfterTwoSeconds("refused");
          ask(5);
          assertEquals("refused at 2", told.get(5));
        });
  }

  private void own() throws InterruptedException {
    try {
      TaskGroup.run(this::startActor);
    } catch (TaskGroupException failed) {
      Throwable why = failed.failures().getFirst().failure();
      questions.shutdownNow(why).forEach(ask -> ask.answer.shutdown(why));
    }
  }

  /** The second one was in hand, the others in the queue. */
  private void assertToldAfterTwoSeconds(String what) throws InterruptedException {
    assertEquals(ofSeconds(2), VirtualTime.elapsed());
    // Those who have been told run before the time goes on.
    sleep(ofNanos(1));
    assertEquals(
        Map.of(1, "answered at 1", 2, "refused at 2", 3, what + " at 2", 4, what + " at 2"), told);
  }
}
