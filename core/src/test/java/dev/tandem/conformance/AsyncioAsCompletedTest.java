package dev.tandem.conformance;

import static dev.tandem.Tandem.asCompleted;
import static dev.tandem.Tandem.gather;
import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.DeadlineExceededException;
import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.TaskState;
import dev.tandem.testing.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The cases of asyncio's tests of as_completed. */
final class AsyncioAsCompletedTest {

  @Test
  void asCompleted_ofItems_givesTheSlowOneLast() throws Exception {
    VirtualTime.run(
        root -> {
          List<Integer> order = new ArrayList<>();
          try (var done = asCompleted(List.of(11, 150, 10), millis -> after(millis, millis))) {
            done.forEach(outcome -> order.add(outcome.orElseThrow()));
          }
          assertEquals(List.of(10, 11, 150), order);
          assertEquals(ofMillis(150), VirtualTime.elapsed());
        });
  }

  @Test
  void asCompleted_ofTasks_givesThoseVeryTasks() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          Task<String> first = group.start(() -> after(10, "b"));
          Task<String> second = group.start(() -> after(20, "d"));
          List<Task<String>> given = new ArrayList<>();
          for (Task<String> task : asCompleted(List.of(second, first))) {
            given.add(task);
          }
          assertEquals(2, given.size());
          assertSame(first, given.get(0));
          assertSame(second, given.get(1));
        });
  }

  @Test
  void asCompleted_underATimeout_endsWithItAndTheTasksGoOn() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          Task<String> first = group.start(() -> after(100, "a"));
          Task<String> second = group.start(() -> after(150, "b"));
          List<String> values = new ArrayList<>();
          assertThrows(
              DeadlineExceededException.class,
              () ->
                  timeout(
                      ofMillis(120),
                      () -> {
                        for (Task<String> task : asCompleted(List.of(first, second))) {
                          values.add(task.await());
                        }
                      }));
          assertEquals(List.of("a"), values);
          assertEquals(ofMillis(120), VirtualTime.elapsed());
          assertEquals(TaskState.RUNNING, second.state());
        });
  }

  @Test
  void asCompleted_underATimeoutThatIsNotNeeded_givesAll() throws Exception {
    VirtualTime.run(
        root -> {
          List<String> values = new ArrayList<>();
          timeout(
              ofSeconds(1),
              () -> {
                try (var done = asCompleted(List.of("a"), item -> after(10, item))) {
                  done.forEach(outcome -> values.add(outcome.orElseThrow()));
                }
              });
          assertEquals(List.of("a"), values);
          assertEquals(ofMillis(10), VirtualTime.elapsed());
        });
  }

  @Test
  void asCompleted_loopLeftAndTakenUpAgain_goesOnWhereItWas() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          List<Integer> fromItems = new ArrayList<>();
          try (var done = asCompleted(List.of(0, 1, 2, 3), i -> after(10 * i, i))) {
            for (var outcome : done) {
              fromItems.add(outcome.orElseThrow());
              if (fromItems.size() == 2) {
                break;
              }
            }
            done.forEach(outcome -> fromItems.add(outcome.orElseThrow()));
          }
          assertEquals(List.of(0, 1, 2, 3), fromItems);

          List<Integer> fromTasks = new ArrayList<>();
          var ends =
              asCompleted(
                  List.of(group.start(() -> after(20, 2)), group.start(() -> after(10, 1))));
          for (var task : ends) {
            fromTasks.add(task.await());
            break;
          }
          for (var task : ends) {
            fromTasks.add(task.await());
          }
          assertEquals(List.of(1, 2), fromTasks);
        });
  }

  @Test
  void asCompleted_takenToItsEnd_theTasksCanBeAwaitedAtOnce() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          Task<String> first = group.start(() -> after(50, "a"));
          Task<String> second = group.start(() -> after(50, "b"));
          List<Task<String>> ended = new ArrayList<>();
          asCompleted(List.of(first, second)).forEach(ended::add);
          Set<String> values = new TreeSet<>(gather(ended, task -> task.await()));
          assertEquals(Set.of("a", "b"), values);
          assertEquals(ofMillis(50), VirtualTime.elapsed());
        });
  }

  @Test
  void asCompleted_theSameTaskTwice_comesOnce() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          Task<String> ham = group.start(() -> after(10, "ham"));
          Task<String> spam = group.start(() -> after(20, "spam"));
          List<String> values = new ArrayList<>();
          for (Task<String> task : asCompleted(List.of(ham, ham, spam))) {
            values.add(task.await());
          }
          assertEquals(List.of("ham", "spam"), values);
        });
  }

  @Test
  void asCompleted_ofOneItem_givesItsValue() throws Exception {
    try (var done = asCompleted(List.of(42), i -> i)) {
      assertEquals(42, done.iterator().next().orElseThrow());
    }
  }

  private static <T> T after(int millis, T value) throws InterruptedException {
    sleep(ofMillis(millis));
    return value;
  }
}
