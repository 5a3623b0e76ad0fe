package dev.tandem;

import static dev.tandem.Tandem.race;
import static dev.tandem.Tandem.shield;
import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.testing.VirtualTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two scopes around the same work are cancelled, the outer one first. */
final class TwoCausesTest {

  @Test
  void run_childCutShortByTheOuterOfTwoCancelledScopes_doesNotReturnAsIfItHadNotBeen()
      throws Exception {
    VirtualTime.run(
        root -> {
          Task<@Nullable Void> task =
              root.start(
                  () ->
                      timeout(
                          ofSeconds(5),
                          () -> {
                            GroupWork<String, RuntimeException> body =
                                group -> {
                                  group.start(TwoCausesTest::slowToStop);
                                  return "as if all were done";
                                };
                            assertThrows(CancelledException.class, () -> TaskGroup.run(body));
                          }));
          sleep(ofSeconds(1));
          task.cancel("stop");
          task.await(ofSeconds(60));
          assertEquals(TaskState.SUCCEEDED, task.state());
        });
  }

  @Test
  void race_cutShortByTheOuterOfTwoCancelledScopes_isCancelled() throws Exception {
    VirtualTime.run(
        root -> {
          Task<@Nullable Void> task =
              root.start(
                  () ->
                      timeout(
                          ofSeconds(5),
                          () -> {
                            assertThrows(
                                CancelledException.class,
                                () ->
                                    race(
                                        () -> {
                                          slowToStop();
                                          return 1;
                                        }));
                          }));
          sleep(ofSeconds(1));
          task.cancel("stop");
          task.await(ofSeconds(60));
          assertEquals(TaskState.SUCCEEDED, task.state());
        });
  }

  /** Cancelled after 1 s, and over after 11 s. */
  private static void slowToStop() throws InterruptedException {
    try {
      sleep(ofSeconds(60));
    } finally {
      shield(() -> sleep(ofSeconds(10)));
    }
  }
}
