package dev.tandem.samples.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NearestTest {

  @Test
  void to_aWordWithSlips_findsTheOneMeantFirst() {
    List<String> known = List.of("gather", "lock", "semaphore", "timeouts", "task-group");
    assertEquals("gather", Nearest.to("gahter", known).getFirst());
    assertEquals("semaphore", Nearest.to("semafore", known).getFirst());
    assertEquals("timeouts", Nearest.to("timeout", known).getFirst());
    assertEquals("task-group", Nearest.to("group", known).getFirst());
    assertEquals(3, Nearest.to("", known).size());
  }
}
