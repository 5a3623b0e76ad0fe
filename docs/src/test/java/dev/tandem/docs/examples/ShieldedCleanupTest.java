package dev.tandem.docs.examples;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.TaskGroup;
import dev.tandem.testing.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShieldedCleanupTest {

  @Test
  void work_cancelled_runsWhatIsInsideTheShieldOnly() throws Exception {
    var log = new ArrayList<String>();
    VirtualTime.run(
        (TaskGroup group) -> {
          var task = group.start("worker", () -> ShieldedCleanup.work(log));
          sleep(ofSeconds(1));
          task.cancel("enough");
        });
    assertEquals(List.of("inside"), log);
  }
}
