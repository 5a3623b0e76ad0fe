package dev.tandem.docs.examples;

import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.TaskGroup;
import dev.tandem.testing.VirtualTime;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FirstProgramTest {

  @Test
  void ask_oneHostIsSlow_givesUpOnItAfterASecond() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          List<String> lines = FirstProgram.ask(List.of("alpha", "beta", "gamma"));
          assertEquals("alpha: hello from alpha", lines.get(0));
          assertTrue(lines.get(2).startsWith("gamma failed: "), lines.get(2));
          assertEquals(ofMillis(1300), VirtualTime.elapsed());
        });
  }
}
