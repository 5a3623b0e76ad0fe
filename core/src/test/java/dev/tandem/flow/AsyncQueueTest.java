package dev.tandem.flow;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.TaskGroup;
import dev.tandem.testing.VirtualTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AsyncQueueTest {

  private static List<Integer> drainedInTwo(AsyncQueue<Integer> queue) throws Exception {
    for (int item : List.of(2, 1, 3, 1, 2)) {
      queue.put(item);
    }
    var target = new ArrayBlockingQueue<Integer>(2);
    assertThrows(IllegalStateException.class, () -> queue.drainTo(target));
    var all = new ArrayList<>(target);
    assertEquals(3, queue.drainTo(all));
    assertEquals(5, queue.statistics().unfinished());
    return all;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void drainTo_atMostSoMany_leavesTheOthers(int most) throws Exception {
    AsyncQueue<Integer> queue = AsyncQueue.bounded(3);
    for (int i = 0; i < 3; i++) {
      queue.put(i);
    }
    List<Integer> drained = new ArrayList<>();
    assertEquals(most, queue.drainTo(drained, most));
    assertEquals(List.of(0, 1, 2).subList(0, most), drained);
    assertEquals(3 - most, queue.size());
  }

  @Test
  void drainTo_whileOthersGoOnPutting_takesWhatWasThere() throws Exception {
    var queue = AsyncQueue.<Integer>unbounded();
    queue.put(0);
    queue.put(1);
    var drained =
        new ArrayList<Integer>() {
          @Override
          public boolean add(Integer item) {
            assertTrue(item < 9, "it goes on for ever");
            queue.offer(item + 2);
            return super.add(item);
          }
        };
    assertEquals(2, queue.drainTo(drained));
    assertEquals(List.of(0, 1), drained);
    assertEquals(2, queue.drainTo(drained, 3));
    assertEquals(List.of(0, 1, 2, 3), drained);
  }

  @Test
  void remainingCapacity_isNeverLessThanNothing() throws Exception {
    VirtualTime.run(
        root -> {
          var queue = AsyncQueue.<Integer>bounded(1);
          assertEquals(1, queue.remainingCapacity());
          queue.put(0);
          root.start(() -> queue.put(1));
          sleep(ofSeconds(1));
          assertThrows(
              UnsupportedOperationException.class, () -> queue.drainTo(List.<Integer>of()));
          assertEquals(2, queue.size());
          assertEquals(0, queue.remainingCapacity());
          assertEquals(2, queue.drainTo(new ArrayList<>()));
          assertEquals(1, queue.remainingCapacity());
          queue.shutdown();
          assertEquals(0, queue.remainingCapacity());
        });
  }

  @Test
  void drainTo_targetRefuses_whatItRefusedIsTheNextToComeOut() throws Exception {
    assertEquals(List.of(2, 1, 3, 1, 2), drainedInTwo(AsyncQueue.bounded(5)));
    assertEquals(List.of(2, 1, 3, 1, 2), drainedInTwo(AsyncQueue.unbounded()));
    assertEquals(List.of(2, 1, 3, 1, 2), drainedInTwo(AsyncQueue.lifo(5)).reversed());
    assertEquals(
        List.of(1, 1, 2, 2, 3), drainedInTwo(AsyncQueue.priority(Comparator.naturalOrder(), 5)));
  }

  @Test
  void drainTo_targetRefusesWhileOthersPut_nobodyOvertakesAndRoomIsKept() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          var queue = AsyncQueue.<Integer>bounded(2);
          for (int i = 0; i < 5; i++) {
            int item = i;
            group.start(() -> queue.put(item));
          }
          sleep(ofSeconds(1));
          var none = new ArrayBlockingQueue<Integer>(1);
          none.add(-1);
          assertThrows(IllegalStateException.class, () -> queue.drainTo(none));
          assertEquals(3, queue.size());
          assertEquals(0, queue.take());
          sleep(ofSeconds(1));
          assertEquals(2, queue.size());
          var rest = new ArrayList<Integer>();
          assertEquals(4, queue.drainTo(rest));
          assertEquals(List.of(1, 2, 3, 4), rest);
        });
  }

  @Test
  void drainTo_rendezvousWhoseTargetRefuses_keepsTheItemForTheNextTaker() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          var queue = AsyncQueue.<Integer>rendezvous();
          group.start(() -> queue.put(1));
          group.start(() -> queue.put(2));
          sleep(ofSeconds(1));
          assertThrows(UnsupportedOperationException.class, () -> queue.drainTo(List.of()));
          assertEquals(1, queue.take());
          assertEquals(1, queue.statistics().waitingPutters());
          assertEquals(2, queue.take());
          assertEquals(0, queue.size());
        });
  }

  @Test
  void forEach_inSeveralWorkers_seesEachItemOnceUntilShutdown() throws Exception {
    VirtualTime.run(
        root -> {
          var queue = AsyncQueue.<Integer>bounded(2);
          var seen = new ConcurrentLinkedQueue<Integer>();
          TaskGroup.run(
              group -> {
                for (int i = 0; i < 3; i++) {
                  group.start(
                      "worker-" + i,
                      () ->
                          queue.forEach(
                              item -> {
                                sleep(ofSeconds(1));
                                seen.add(item);
                              }));
                }
                for (int i = 0; i < 9; i++) {
                  queue.put(i);
                }
                queue.shutdown();
                queue.join();
              });
          assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8), seen.stream().sorted().toList());
          assertEquals(ofSeconds(3), VirtualTime.elapsed());
        });
  }

  @Test
  void rendezvous_putAndTake_meet() throws Exception {
    VirtualTime.run(
        root -> {
          var queue = AsyncQueue.<String>rendezvous();
          root.start(
              () -> {
                sleep(ofSeconds(1));
                assertEquals("a", queue.take());
                sleep(ofSeconds(1));
                assertEquals(Optional.of("b"), queue.poll());
              });
          assertFalse(queue.offer("nobody is there"));
          queue.put("a");
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
          assertTrue(queue.offer("b", ofSeconds(2)));
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
        });
  }

  @ParameterizedTest
  @EnumSource
  void poll_forSoLong_waitsForAnItemNoLongerThanThat(Kind kind) throws Exception {
    VirtualTime.run(
        root -> {
          AsyncQueue<Integer> queue = kind.queue();
          assertEquals(Optional.empty(), queue.poll(ofSeconds(2)));
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
          root.start(
              () -> {
                sleep(ofSeconds(1));
                queue.put(7);
              });
          assertEquals(Optional.of(7), queue.poll(ofSeconds(2)));
          assertEquals(ofSeconds(3), VirtualTime.elapsed());
          assertEquals(0, queue.statistics().waitingTakers());
        });
  }

  @Test
  void offer_forSoLong_waitsForRoomNoLongerThanThat() throws Exception {
    VirtualTime.run(
        root -> {
          var queue = AsyncQueue.<Integer>bounded(1);
          queue.put(1);
          assertFalse(queue.offer(2, ofSeconds(2)));
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
          root.start(
              () -> {
                sleep(ofSeconds(1));
                queue.take();
              });
          assertTrue(queue.offer(3, ofSeconds(2)));
          assertEquals(ofSeconds(3), VirtualTime.elapsed());
          assertEquals(List.of(3), queue.shutdownNow());
        });
  }

  @Test
  void join_forSoLong_waitsForTheReportsNoLongerThanThat() throws Exception {
    VirtualTime.run(
        root -> {
          var queue = AsyncQueue.<Integer>bounded(1);
          queue.put(1);
          queue.take();
          assertFalse(queue.join(ofSeconds(2)));
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
          root.start(
              () -> {
                sleep(ofSeconds(1));
                queue.taskDone();
              });
          assertTrue(queue.join(ofSeconds(2)));
          assertEquals(ofSeconds(3), VirtualTime.elapsed());
        });
  }

  /** Something with a place in an order; those with the same place differ by their number. */
  private record Job(int rank, int number) {}

  private static List<Job> jobs(int many) {
    return IntStream.range(0, many).mapToObj(i -> new Job(i * 7 % 3, i)).toList();
  }

  private static List<Job> inOrder(List<Job> jobs) {
    // The sort of a stream leaves equal ones as they came.
    return jobs.stream().sorted(Comparator.comparingInt(Job::rank)).toList();
  }

  @Test
  void priority_equalItems_comeOutAsTheyCame() throws Exception {
    List<Job> jobs = jobs(60);
    var taken = AsyncQueue.<Job>priority(Comparator.comparingInt(Job::rank));
    var dropped = AsyncQueue.<Job>priority(Comparator.comparingInt(Job::rank), 60);
    for (Job job : jobs) {
      taken.put(job);
      dropped.put(job);
    }
    List<Job> seen = new ArrayList<>();
    for (int i = 0; i < jobs.size(); i++) {
      seen.add(taken.take());
    }
    assertEquals(inOrder(jobs), seen);
    assertEquals(inOrder(jobs), dropped.shutdownNow());
  }

  @Test
  void priority_equalItemsOfWaitingPutters_comeOutAsTheyCame() throws Exception {
    VirtualTime.run(
        root -> {
          var queue = AsyncQueue.<Job>priority(Comparator.comparingInt(Job::rank), 2);
          for (int i = 0; i < 6; i++) {
            int number = i;
            root.start(() -> queue.put(new Job(0, number)));
            sleep(ofSeconds(1));
          }
          for (int i = 0; i < 6; i++) {
            assertEquals(new Job(0, i), queue.take());
          }
        });
  }

  @Test
  void priority_itemsPutBackByARefusedDrain_areStillAheadOfTheirEquals() throws Exception {
    List<Job> jobs = jobs(20);
    var queue = AsyncQueue.<Job>priority(Comparator.comparingInt(Job::rank));
    for (Job job : jobs) {
      queue.put(job);
    }
    List<Job> seen = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      var three = new ArrayBlockingQueue<Job>(3);
      assertThrows(IllegalStateException.class, () -> queue.drainTo(three));
      seen.addAll(three);
    }
    queue.put(new Job(2, 20));
    queue.drainTo(seen);
    List<Job> expected = new ArrayList<>(inOrder(jobs));
    expected.add(new Job(2, 20));
    assertEquals(expected, seen);
  }

  @Test
  void lifoAndPriority_giveTheLastAndTheLeastFirst() throws Exception {
    var stack = AsyncQueue.<Integer>lifo();
    var heap = AsyncQueue.priority(Integer::compare, 100);
    for (int i = 0; i < 50; i++) {
      stack.put(i);
      heap.put(i * 37 % 50);
    }
    List<Integer> last = new ArrayList<>();
    List<Integer> least = new ArrayList<>();
    assertEquals(50, stack.drainTo(last));
    assertEquals(50, heap.drainTo(least));
    assertEquals(last.reversed(), least);
    assertEquals("AsyncQueue[size 0/100, unfinished 50]", heap.toString());
  }

  @Test
  void select_takesFromWhicheverHasOneFirst_andFromThatAlone() throws Exception {
    VirtualTime.run(
        root -> {
          var numbers = AsyncQueue.<Integer>bounded(1);
          var words = AsyncQueue.<String>rendezvous();
          root.start(
              () -> {
                sleep(ofSeconds(1));
                words.put("one");
                numbers.put(2);
              });
          var either = Select.of(numbers.taking(n -> "number " + n), words.taking());
          assertEquals("one", either.run());
          assertEquals("number 2", either.run());
          assertEquals(Optional.empty(), either.within(ofSeconds(1)));
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
          assertEquals(0, words.statistics().waitingTakers());
          words.shutdown();
          assertEquals(Optional.empty(), either.poll());
        });
  }
}
