package dev.tandem;

import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.waitFor;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class WaitForTest {

  @Test
  void firstCompleted_returnsWithTheFirstWhileTheOthersRun() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          List<Task<Integer>> tasks = sleepers(group, 3, 1, 2);
          Waited<Task<Integer>> waited = waitFor(tasks, ReturnWhen.FIRST_COMPLETED);
          assertEquals(List.of(tasks.get(1)), waited.done());
          assertEquals(List.of(tasks.get(0), tasks.get(2)), waited.pending());
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }

  @Test
  void allCompleted_returnsWhenTheLastHasEnded() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          List<Task<Integer>> tasks = sleepers(group, 3, 1, 2);
          Waited<Task<Integer>> waited = waitFor(tasks, ReturnWhen.ALL_COMPLETED);
          assertEquals(tasks, waited.done());
          assertEquals(List.of(), waited.pending());
          assertEquals(ofSeconds(3), VirtualTime.elapsed());
        });
  }

  @Test
  void firstException_returnsAtTheFirstFailureAndNotAtACancellation() throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            assertThrows(
                TaskGroupException.class,
                () ->
                    TaskGroup.collect(
                        group -> {
                          Task<Integer> fine = group.start(() -> slept(1));
                          Task<Integer> stopped = group.start(() -> slept(9));
                          Task<Integer> bad =
                              group.start(
                                  () -> {
                                    sleep(ofSeconds(3));
                                    throw new IOException("bad");
                                  });
                          Task<Integer> late = group.start(() -> slept(5));
                          stopped.cancel("not needed");
                          var waited =
                              waitFor(
                                  List.of(fine, stopped, bad, late), ReturnWhen.FIRST_EXCEPTION);
                          assertEquals(List.of(fine, stopped, bad), waited.done());
                          assertEquals(ofSeconds(3), VirtualTime.elapsed());
                        })));
  }

  @Test
  void firstException_nobodyFails_returnsWhenAllHaveEnded() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          List<Task<Integer>> tasks = sleepers(group, 2, 1);
          assertEquals(tasks, waitFor(tasks, ReturnWhen.FIRST_EXCEPTION).done());
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
        });
  }

  @Test
  void timeout_passes_returnsWhatIsDoneByThenAndTheRestGoesOn() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          List<Task<Integer>> tasks = sleepers(group, 1, 3);
          var waited = waitFor(tasks, ReturnWhen.ALL_COMPLETED, ofSeconds(2));
          assertEquals(List.of(tasks.get(0)), waited.done());
          assertEquals(List.of(tasks.get(1)), waited.pending());
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
          assertEquals(3, tasks.get(1).await());
        });
  }

  @Test
  void tasksThatHaveEnded_returnAtOnce() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          List<Task<Integer>> tasks = sleepers(group, 1, 1);
          sleep(ofSeconds(2));
          for (ReturnWhen when : ReturnWhen.values()) {
            assertEquals(tasks, waitFor(tasks, when).done());
          }
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
        });
  }

  @Test
  void sameTaskTwice_countsOnce() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          Task<Integer> task = group.start(() -> slept(1));
          var waited = waitFor(List.of(task, task), ReturnWhen.ALL_COMPLETED);
          assertEquals(List.of(task), waited.done());
        });
  }

  @Test
  void cancelledWhileWaiting_throwsAndLeavesNobodyListening() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          List<Task<Integer>> tasks = sleepers(group, 5, 5);
          Task<?> waiting = group.start(() -> waitFor(tasks, ReturnWhen.ALL_COMPLETED));
          sleep(ofSeconds(1));
          waiting.cancel("enough");
          assertThrows(TaskCancelledException.class, waiting::await);
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }

  @Test
  void ownTask_isRefused() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          var self = new AtomicReference<Task<String>>();
          Task<String> task =
              group.start(
                  "narcissus",
                  () -> {
                    sleep(ofSeconds(1));
                    var tasks = List.of(self.get());
                    return assertThrows(
                            StructureException.class,
                            () -> waitFor(tasks, ReturnWhen.FIRST_COMPLETED))
                        .getMessage();
                  });
          self.set(task);
          assertTrue(task.await().contains("narcissus"), task.await());
        });
  }

  @Test
  void noTasks_areRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> waitFor(List.of(), ReturnWhen.ALL_COMPLETED));
  }

  private static List<Task<Integer>> sleepers(TaskGroup group, int... seconds) {
    List<Task<Integer>> tasks = new ArrayList<>();
    for (int each : seconds) {
      tasks.add(group.start(() -> slept(each)));
    }
    return tasks;
  }

  private static int slept(int seconds) throws InterruptedException {
    sleep(ofSeconds(seconds));
    return seconds;
  }
}
