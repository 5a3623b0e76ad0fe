package dev.tandem.inspect;

import static dev.tandem.Tandem.moveOnAfter;
import static dev.tandem.Tandem.shield;
import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import dev.tandem.Gather;
import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.testing.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Since when: of whatever a tree shows, while times are kept. */
final class TreeTimesTest {

  @BeforeEach
  void timesAreOn() {
    Inspection.recordTimes(true);
  }

  @AfterEach
  void timesAreOffAgain() {
    Inspection.recordTimes(false);
  }

  @Test
  void cancellation_byTheThreadInside_saysWhen() throws Exception {
    var ago = new AtomicReference<Optional<Duration>>();
    assertThrows(
        AssertionError.class,
        () ->
            VirtualTime.run(
                (TaskGroup root) -> {
                  root.start(
                      () -> {
                        sleep(ofSeconds(5));
                        ago.set(node("fleet").cancellation().orElseThrow().ago());
                      });
                  TaskGroup.run(
                      "fleet",
                      (TaskGroup group) -> {
                        group.start("slow", TreeTimesTest::stubborn);
                        sleep(ofSeconds(2));
                        fail("broken");
                      });
                }));
    assertEquals(Optional.of(ofSeconds(3)), ago.get());
  }

  @Test
  void cancellation_ofATaskThatHadATimeoutBefore_saysWhen() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          Task<?> task =
              group.start(
                  "slow",
                  () -> {
                    moveOnAfter(ofSeconds(1), () -> sleep(ofSeconds(5)));
                    stubborn();
                  });
          sleep(ofSeconds(3));
          task.cancel("enough");
          sleep(ofSeconds(2));
          assertEquals(Optional.of(ofSeconds(2)), node("slow").cancellation().orElseThrow().ago());
        });
  }

  @Test
  void cancellation_ofATaskOlderThanTheRecording_saysWhen() throws Exception {
    Inspection.recordTimes(false);
    VirtualTime.run(
        (TaskGroup group) -> {
          Task<?> task = group.start("slow", TreeTimesTest::stubborn);
          sleep(ofSeconds(1));
          Inspection.recordTimes(true);
          task.cancel("enough");
          sleep(ofSeconds(2));
          assertEquals(Optional.empty(), node("slow").age());
          assertEquals(Optional.of(ofSeconds(2)), node("slow").cancellation().orElseThrow().ago());
        });
  }

  @Test
  void age_ofAnItemOfAGather_isItsOwn() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          group.start(
              () ->
                  Gather.over(List.of(1, 2, 3))
                      .name("item")
                      .limit(1)
                      .run(
                          item -> {
                            sleep(ofSeconds(2));
                            return item;
                          }));
          sleep(ofSeconds(5));
          TaskNode item = node("task-1/item#2");
          assertEquals(Optional.of(ofSeconds(1)), item.age());
          assertEquals(Optional.of(ofSeconds(1)), item.waitsFor().orElseThrow().lasts());
        });
  }

  private static void stubborn() throws InterruptedException {
    shield(ofSeconds(20), () -> sleep(ofSeconds(10)));
  }

  private static TaskNode node(String path) {
    return TaskTree.live().roots().stream()
        .flatMap(TaskNode::all)
        .filter(node -> node.path().equals(path))
        .findFirst()
        .orElseThrow();
  }
}
