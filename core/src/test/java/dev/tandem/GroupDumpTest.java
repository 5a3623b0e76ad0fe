package dev.tandem;

import static dev.tandem.Tandem.asCompleted;
import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.testing.VirtualTime;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class GroupDumpTest {

  @Test
  void dump_showsTheTreeWithDeadlinesAndReasons() throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            TaskGroup.run(
                "fleet",
                group -> {
                  group.start(
                      "checks",
                      () ->
                          Gather.over(List.of(1, 2))
                              .name("check")
                              .timeout(ofSeconds(30))
                              .run(item -> timeout("read", ofSeconds(9), () -> slept(item * 100))));
                  Task<?> stopping =
                      group.start("stopping", () -> Tandem.shield(ofMinutes(9), () -> slept(8)));
                  sleep(ofSeconds(2));
                  stopping.cancel("not needed");
                  assertEquals(
                      """
                      task group fleet, 2 running
                      ├─ checks  joins its tasks (2 running)
                      │  ├─ check#0  sleeps (98.000 s left)  timeout in fleet/checks/check#0: 28.000 s left\
                        read in fleet/checks/check#0: 7.000 s left
                      │  └─ check#1  sleeps (198.000 s left)  timeout in fleet/checks/check#1: 28.000 s left\
                        read in fleet/checks/check#1: 7.000 s left
                      └─ stopping  sleeps (6.000 s left)  cancelled: not needed (by fleet)
                      """,
                      group.dump());
                  group.cancel("seen");
                }));
  }

  @Test
  void dump_ofAGroupThatIsConsumedAsCompleted_showsItsItems() throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            TaskGroup.run(
                "fleet",
                group -> {
                  group.start(
                      "loop",
                      () -> {
                        try (var done = asCompleted(List.of(5), item -> slept(item))) {
                          return done.iterator().next();
                        }
                      });
                  sleep(ofSeconds(1));
                  assertTrue(group.dump().contains("   └─ item#0  sleeps"), group.dump());
                }));
  }

  @Test
  void dump_manyTasks_isBounded() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          IntStream.range(0, 1000).forEach(i -> group.start(() -> slept(1)));
          sleep(ofSeconds(0));
          List<String> lines = group.dump().lines().toList();
          assertEquals(201, lines.size());
          assertEquals("... and 801 more", lines.getLast());
        });
  }

  @Test
  void dump_deepTree_isBounded() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          group.start(() -> deep(100));
          sleep(ofSeconds(1));
          assertTrue(group.dump().contains("... deeper"), group.dump());
        });
  }

  private static void deep(int levels) throws Exception {
    if (levels == 0) {
      sleep(ofSeconds(2));
    } else {
      TaskGroup.run(
          inner -> {
            inner.start("deeper", () -> deep(levels - 1));
          });
    }
  }

  private static int slept(int seconds) throws InterruptedException {
    sleep(ofSeconds(seconds));
    return seconds;
  }
}
