package dev.tandem;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.testing.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Callbacks that are told of a task's end. */
final class WhenDoneTest {

  private final List<String> told = new ArrayList<>();

  @Test
  void whenDone_aCallbackFails_theOthersAreToldAndTheLogToo() throws Exception {
    try (var log = new LogCapture("dev.tandem.Task")) {
      endWithThreeCallbacks();
      assertEquals(List.of("a callback of task-1 failed"), log.messages());
    }
    assertEquals(List.of("first", "third"), told);
  }

  @Test
  void whenDone_aCallbackAndTheLogFail_theOthersAreToldNevertheless() throws Exception {
    try (var log = new LogCapture("dev.tandem.Task")) {
      log.breakWith(new AssertionError("the log is broken"));
      endWithThreeCallbacks();
    }
    assertEquals(List.of("first", "third"), told);
  }

  private void endWithThreeCallbacks() throws InterruptedException {
    VirtualTime.run(
        (TaskGroup group) -> {
          Task<Void> task = group.start(() -> sleep(ofSeconds(1)));
          task.whenDone(outcome -> told.add("first"));
          task.whenDone(
              outcome -> {
                throw new IllegalStateException("a callback's own");
              });
          task.whenDone(outcome -> told.add("third"));
        });
  }
}
