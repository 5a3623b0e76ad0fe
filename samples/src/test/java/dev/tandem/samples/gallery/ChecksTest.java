package dev.tandem.samples.gallery;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.samples.gallery.basics.NamedTasks;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ChecksTest {

  private final StringWriter said = new StringWriter();

  @Test
  void run_oneThatThrows_countsItAndGoesOn() throws Exception {
    Sample broken =
        () -> {
          throw new IllegalStateException("broken");
        };
    assertFalse(check(exhibit("broken", broken), exhibit("tasks", new NamedTasks())));
    assertTrue(said.toString().contains("IllegalStateException: broken"), said.toString());
    assertTrue(said.toString().endsWith("1 passed, 1 failed\n"), said.toString());
  }

  @Test
  void run_oneWithoutAnythingToCompareWith_fails() throws Exception {
    assertFalse(check(exhibit("silent", () -> {})));
    assertTrue(said.toString().contains("the gallery lacks"), said.toString());
  }

  private boolean check(Exhibit... exhibits) throws InterruptedException {
    return new Checks(List.of(exhibits), new PrintWriter(said, true)).run();
  }

  private static Exhibit exhibit(String id, Sample sample) {
    return new Exhibit(id, id, "A", RunsOn.VIRTUAL, sample);
  }
}
