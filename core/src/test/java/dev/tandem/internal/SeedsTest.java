package dev.tandem.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.TaskGroup;
import dev.tandem.testing.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Small seeds differ from their first choice on. */
final class SeedsTest {

  @Test
  void random_sameSeed_choosesTheSame() {
    assertEquals(Seeds.random(3).nextLong(), Seeds.random(3).nextLong());
  }

  @Test
  void random_smallSeeds_beginWithEachOfTwoChoices() {
    int heads = 0;
    for (int seed = 0; seed < 100; seed++) {
      heads += Seeds.random(seed).nextInt(2);
    }
    assertTrue(heads > 30 && heads < 70, "of 100: " + heads);
  }

  @Test
  void seed_twoTasks_eachIsFirstSoonerOrLater() throws Exception {
    int forwards = 0;
    for (int seed = 0; seed < 100; seed++) {
      List<String> order = new ArrayList<>();
      VirtualTime.seed(seed)
          .run(
              (TaskGroup group) -> {
                group.start(() -> order.add("one"));
                group.start(() -> order.add("two"));
              });
      forwards += order.equals(List.of("one", "two")) ? 1 : 0;
    }
    assertTrue(forwards > 30 && forwards < 70, "of 100: " + forwards);
  }
}
