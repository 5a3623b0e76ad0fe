package dev.tandem.inspect;

import static dev.tandem.Tandem.shield;
import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.inspect.TaskNode.Kind;
import dev.tandem.inspect.TaskNode.State;
import dev.tandem.sync.AsyncEvent;
import dev.tandem.sync.AsyncLock;
import dev.tandem.testing.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TaskTreeTest {

  @AfterEach
  void timesAreOffAgain() {
    Inspection.recordTimes(false);
  }

  @Test
  void of_group_saysOfEachTaskWhatItWaitsFor() throws Exception {
    var lock = AsyncLock.create("ledger");
    VirtualTime.run(
        (TaskGroup group) -> {
          group.start("a", () -> lock.run(() -> sleep(ofSeconds(9))));
          group.start("b", () -> timeout(ofSeconds(5), () -> lock.run(() -> {})));
          sleep(ofSeconds(1));
          TaskNode root = TaskTree.of(group).roots().getFirst();
          TaskNode b = root.children().get(1);
          assertEquals(Kind.TASK, b.kind());
          assertEquals("b", b.path());
          assertEquals(State.WAITING, b.state());
          TaskNode.Wait wait = b.waitsFor().orElseThrow();
          assertEquals("lock", wait.kind());
          assertEquals("ledger", wait.name());
          assertEquals(List.of("a"), wait.holders());
          assertEquals(Optional.empty(), wait.lasts());
          assertEquals(List.of(new TaskNode.Deadline("timeout in b", ofSeconds(4))), b.deadlines());
          assertEquals(3, root.all().count());
          group.cancel("seen");
        });
  }

  @Test
  void of_group_isWhatDumpShows() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          group.start("a", () -> sleep(ofSeconds(9)));
          sleep(ofSeconds(1));
          assertEquals(group.dump(), TaskTree.of(group).text());
          group.cancel("seen");
        });
  }

  @Test
  void text_timesAreKept_showsThem() throws Exception {
    Inspection.recordTimes(true);
    VirtualTime.run(
        (TaskGroup group) -> {
          Task<?> a =
              group.start(
                  "a",
                  () -> {
                    sleep(ofSeconds(1));
                    AsyncEvent.create().await();
                  });
          sleep(ofSeconds(3));
          assertEquals(
              "└─ a  age 3.000 s  waits 2.000 s for event (not set, 1 waiting)",
              line(group.dump(), 1));
          group.startDaemon("b", () -> stubborn());
          sleep(ofSeconds(1));
          TaskNode node = TaskTree.of(group).roots().getFirst().children().getFirst();
          assertEquals(Optional.of(ofSeconds(4)), node.age());
          assertEquals(Optional.of(ofSeconds(3)), node.waitsFor().orElseThrow().lasts());
          a.cancel("enough");
          group.cancel("all");
        });
  }

  @Test
  void text_taskThatOutlivesItsCancellation_showsSinceWhen() throws Exception {
    Inspection.recordTimes(true);
    VirtualTime.run(
        (TaskGroup group) -> {
          Task<?> a = group.start("a", () -> stubborn());
          sleep(ofSeconds(1));
          a.cancel("enough");
          sleep(ofSeconds(2));
          assertEquals(
              "└─ a  age 3.000 s  sleeps 3.000 s (7.000 s left)  cancelled 2.000 s ago: enough",
              line(group.dump(), 1));
        });
  }

  @Test
  void text_timesAreNotKept_showsNone() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          group.start("a", () -> AsyncEvent.create().await());
          sleep(ofSeconds(3));
          assertEquals("└─ a  waits for event (not set, 1 waiting)", line(group.dump(), 1));
          assertEquals(
              Optional.<Duration>empty(),
              TaskTree.of(group).roots().getFirst().children().getFirst().age());
          group.cancel("seen");
        });
  }

  @Test
  void live_threadInAScopeWithoutTasks_isThere() throws Exception {
    TaskNode here =
        timeout("look", ofSeconds(60), () -> root(Thread.currentThread())).orElseThrow();
    assertEquals(Kind.ROOT, here.kind());
    assertEquals("look", here.deadlines().getFirst().owner());
    assertEquals(Optional.empty(), root(Thread.currentThread()));
  }

  @Test
  void live_programWithTasks_showsThemUnderTheirThread() throws Exception {
    TaskGroup.run(
        "fleet",
        (TaskGroup group) -> {
          var begun = new CountDownLatch(1);
          group.start(
              "check",
              () -> {
                begun.countDown();
                AsyncEvent.create().await();
              });
          begun.await();
          while (!isWaiting("fleet/check")) {
            Thread.onSpinWait();
          }
          TaskNode root = root(Thread.currentThread()).orElseThrow();
          assertEquals(Thread.currentThread().getName(), root.label());
          assertEquals(Kind.GROUP, root.children().getFirst().kind());
          assertEquals(
              "event",
              root.children().getFirst().children().getFirst().waitsFor().orElseThrow().kind());
          group.cancel("seen");
        });
  }

  @Test
  void live_taskBlockedOutsideOfTandem_saysWhere() throws Exception {
    var gate = new CountDownLatch(1);
    TaskGroup.run(
        (TaskGroup group) -> {
          group.start("blocked", () -> gate.await());
          String at = "";
          while (!at.contains("TaskTreeTest")) {
            at = TaskTree.of(group).roots().getFirst().children().getFirst().at();
          }
          assertTrue(at.contains("TaskTreeTest.java:"), at);
          gate.countDown();
        });
  }

  @Test
  void live_tenThousandTasks_isBounded() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          IntStream.range(0, 10_000).forEach(i -> group.start(() -> sleep(ofSeconds(9))));
          sleep(ofSeconds(1));
          TaskTree tree = TaskTree.live(100);
          long nodes = tree.roots().stream().flatMap(TaskNode::all).count();
          assertTrue(nodes <= 100, "nodes " + nodes);
          assertTrue(tree.leftOut() >= 9_900, "left out " + tree.leftOut());
          assertTrue(tree.text().lines().count() <= 101);
          assertTrue(tree.json().length() < 100_000);
          assertTrue(TaskTree.live().leftOut() > 0);
          group.cancel("seen");
        });
  }

  @Test
  void live_lessThanOneNode_isRefused() {
    var e = assertThrows(IllegalArgumentException.class, () -> TaskTree.live(0));
    assertTrue(e.getMessage().contains("but was 0"), e.getMessage());
  }

  @Test
  @SuppressWarnings("NullAway") // what is tested
  void of_null_isRefused() {
    assertEquals(
        "group", assertThrows(NullPointerException.class, () -> TaskTree.of(null)).getMessage());
  }

  @Test
  void table_showsThreadsPathsAndWaits() throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            TaskGroup.run(
                "fleet",
                group -> {
                  group.start("check", () -> sleep(ofSeconds(9)));
                  sleep(ofSeconds(1));
                  List<String> lines = TaskTree.of(root).table().lines().toList();
                  assertTrue(lines.getFirst().matches("THREAD +TASK +STATE"), lines.getFirst());
                  assertTrue(
                      lines.getLast().matches("\\d+ +fleet/check +sleeps \\(8.000 s left\\)"),
                      lines.getLast());
                  group.cancel("seen");
                }));
  }

  private static void stubborn() throws InterruptedException {
    shield(ofSeconds(11), () -> sleep(ofSeconds(10)));
  }

  private static boolean isWaiting(String path) {
    return TaskTree.live().roots().stream()
        .flatMap(TaskNode::all)
        .anyMatch(node -> node.path().equals(path) && node.state() == State.WAITING);
  }

  private static Optional<TaskNode> root(Thread thread) {
    return TaskTree.live().roots().stream()
        .filter(node -> node.threadId().orElse(0) == thread.threadId())
        .findFirst();
  }

  private static String line(String text, int number) {
    return text.lines().skip(number).findFirst().orElse("");
  }
}
