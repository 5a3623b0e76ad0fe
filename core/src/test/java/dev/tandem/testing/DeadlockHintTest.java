package dev.tandem.testing;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.GroupAction;
import dev.tandem.TaskGroup;
import dev.tandem.flow.AsyncQueue;
import dev.tandem.interop.Futures;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who waits for somebody outside finds in the report of the deadlock what to do. */
final class DeadlockHintTest {

  private static String reportOf(GroupAction<Exception> program) {
    var deadlock = assertThrows(DeadlockException.class, () -> VirtualTime.run(program));
    return String.valueOf(deadlock.getMessage());
  }

  @Test
  void future_nobodyHereCompletesIt_pointsToAwaitOutside() {
    String report = reportOf(group -> Futures.await(new CompletableFuture<String>()));
    assertTrue(
        report.endsWith(
            "if somebody outside this program completes the future, wait for it by"
                + " awaitOutside(...): time stands still meanwhile"),
        report);
  }

  @Test
  void queue_nobodyHerePuts_pointsToOffload() {
    String report = reportOf(group -> AsyncQueue.bounded(1).take());
    assertTrue(report.contains("give that work to Offload"), report);
  }

  @Test
  void circle_isNobodyElsesFault_pointsNowhere() {
    String report = reportOf(SeedsTest.locksInOppositeOrder(() -> sleep(ofSeconds(1))));
    assertFalse(report.contains("outside"), report);
  }

  @Test
  void future_completedOutside_isAwaited() throws Exception {
    VirtualTime.run(
        (TaskGroup group) ->
            assertEquals(1, Futures.awaitOutside(CompletableFuture.supplyAsync(() -> 1))));
  }
}
