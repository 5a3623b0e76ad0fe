package dev.tandem.inspect;

import static dev.tandem.Tandem.shield;
import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.waitFor;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Action;
import dev.tandem.ReturnWhen;
import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.sync.AsyncEvent;
import dev.tandem.sync.AsyncLock;
import dev.tandem.sync.KeyedSemaphore;
import dev.tandem.testing.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However large a program is and whatever it calls things, a tree stays small and readable. */
final class TreeBoundsTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 45})
  void live_manyNamedGroupsInOneThread_hasNoMoreNodesThanAskedFor(int most) throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          group.start("a", () -> nested(60, () -> sleep(ofSeconds(9))));
          sleep(ofSeconds(1));
          TaskTree tree = TaskTree.live(most);
          long nodes = tree.roots().stream().flatMap(TaskNode::all).count();
          assertTrue(nodes <= most, "nodes " + nodes);
          group.cancel("seen");
        });
  }

  @Test
  void of_tasksInTooManyGroups_areCountedAsLeftOut() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          group.start("a", () -> nested(60, TreeBoundsTest::threeTasks));
          sleep(ofSeconds(1));
          TaskTree tree = TaskTree.of(group);
          assertEquals(3, tree.leftOut());
          assertTrue(tree.text().contains("└─ ... deeper\n... and 3 more\n"), tree.text());
          assertEquals(3, TaskTree.live(5).leftOut());
          group.cancel("seen");
        });
  }

  @Test
  void of_cancelledGroupTooDeepToBeShown_stillSaysWhyItIsCancelled() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          group.start(
              "a",
              () ->
                  nested(
                      60,
                      () ->
                          TaskGroup.run(
                              "inner",
                              inner -> {
                                inner.cancel("enough");
                                shield(() -> sleep(ofSeconds(9)));
                              })));
          sleep(ofSeconds(1));
          assertTrue(TaskTree.of(group).text().contains("cancelled: enough"));
        });
  }

  @Test
  void live_manyThatWaitForManyTasks_remembersNoMoreThanItSays() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          List<Task<?>> many = new ArrayList<>();
          var all = AsyncEvent.create();
          for (int i = 0; i < 300; i++) {
            group.start("waits-" + i, () -> waitForAll(all, many));
          }
          for (int i = 0; i < 3_000; i++) {
            many.add(group.start("works-" + i, () -> sleep(ofSeconds(9))));
          }
          all.set();
          sleep(ofSeconds(1));
          TaskTree tree = TaskTree.of(group);
          TaskNode last = tree.roots().getFirst().children().get(299);
          assertEquals(16, last.waitsFor().orElseThrow().holders().size());
          assertEquals(
              "tasks (3000 of 3000 running, ALL_COMPLETED) held by works-0 and 2999 more",
              last.waitsFor().orElseThrow().words());
          group.cancel("seen");
        });
  }

  @Test
  void text_namesOfAnyCharacters_areOnOneLineEachAndTurnNothing() throws Exception {
    var lock = AsyncLock.create("l\u2028o\nck");
    String name = "a\n\u2028\u2029\u202e\u2066b";
    VirtualTime.run(
        (TaskGroup root) ->
            TaskGroup.run(
                "g\nr\u202e",
                group -> {
                  group.start(name, () -> lock.run(() -> sleep(ofSeconds(9))));
                  group.start("c", () -> lock.run(() -> {}));
                  Task<?> cancelled = group.start("d", () -> sleep(ofSeconds(9)));
                  sleep(ofSeconds(1));
                  cancelled.cancel("x\ny");
                  for (String form :
                      List.of(
                          TaskTree.of(group).text(),
                          TaskTree.of(group).table(),
                          TaskTree.of(root).json())) {
                    assertFalse(form.matches("(?s).*[\u2028\u2029\u202e\u2066].*"), form);
                  }
                  assertEquals(4, TaskTree.of(group).text().lines().count());
                  assertTrue(TaskTree.of(root).json().contains("\"requester\":\"g r \""));
                  group.cancel("seen");
                }));
  }

  @Test
  void text_longName_isNotCutInsideACharacter() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          group.start("x".repeat(119) + "\ud83d\ude00 and more", () -> sleep(ofSeconds(9)));
          sleep(ofSeconds(1));
          TaskNode task = TaskTree.of(group).roots().getFirst().children().getFirst();
          assertEquals("x".repeat(119) + "...", task.label());
          group.cancel("seen");
        });
  }

  @Test
  void live_keyWithoutWords_showsAllOthers() throws Exception {
    var silent =
        new Object() {
          @Override
          @SuppressWarnings({"NullAway", "ToStringReturnsNull"}) // what is tested
          public String toString() {
            return null;
          }
        };
    var semaphore = KeyedSemaphore.<Object>of(1);
    VirtualTime.run(
        (TaskGroup group) -> {
          for (String name : List.of("a", "b")) {
            group.start(
                name,
                () -> {
                  try (var _ = semaphore.acquire(silent)) {
                    sleep(ofSeconds(9));
                  }
                });
          }
          sleep(ofSeconds(1));
          String text = TaskTree.of(group).text();
          assertTrue(text.contains("b  waits for something that has no words"), text);
          assertEquals(3, text.lines().count());
          group.cancel("seen");
        });
  }

  private static void waitForAll(AsyncEvent all, List<Task<?>> many) throws InterruptedException {
    all.await();
    waitFor(many, ReturnWhen.ALL_COMPLETED);
  }

  private static void threeTasks() throws Exception {
    TaskGroup.run(
        (TaskGroup group) -> {
          for (int i = 0; i < 3; i++) {
            group.start(() -> sleep(ofSeconds(9)));
          }
        });
  }

  private static void nested(int levels, Action<Exception> innermost) throws Exception {
    if (levels == 0) {
      innermost.run();
    } else {
      TaskGroup.run("level-" + levels, (TaskGroup _) -> nested(levels - 1, innermost));
    }
  }
}
