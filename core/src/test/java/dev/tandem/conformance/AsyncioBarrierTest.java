package dev.tandem.conformance;

import static dev.tandem.Tandem.gather;
import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Task;
import dev.tandem.TaskCancelledException;
import dev.tandem.TaskGroup;
import dev.tandem.sync.AsyncBarrier;
import dev.tandem.sync.BarrierBrokenException;
import dev.tandem.testing.VirtualTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The cases of asyncio's tests of barriers. */
final class AsyncioBarrierTest {

  private static final int N = 5;

  private final AsyncBarrier barrier = AsyncBarrier.of(N);
  private final AtomicInteger passed = new AtomicInteger();
  private final AtomicInteger broken = new AtomicInteger();

  /** What a task does at the barrier, with its number. */
  private interface Part {
    void play(int number) throws InterruptedException;
  }

  private static void together(int tasks, Part part) throws InterruptedException {
    gather(
        IntStream.range(0, tasks).boxed().toList(),
        number -> {
          part.play(number);
          return number;
        });
  }

  private void pass() throws InterruptedException {
    try {
      barrier.await();
      passed.incrementAndGet();
    } catch (BarrierBrokenException told) {
      broken.incrementAndGet();
    }
  }

  private void assertWholeAndEmpty() {
    assertEquals(new AsyncBarrier.Statistics(N, 0, false), barrier.statistics());
  }

  @Test
  void await_oneAfterTheOther_areCountedUntilTheLastHasCome() throws Exception {
    VirtualTime.run(
        root -> {
          for (int i = 1; i < N; i++) {
            root.start(this::pass);
            sleep(ofSeconds(1));
            assertEquals(i, barrier.statistics().waiting());
          }
          pass();
          assertWholeAndEmpty();
        });
    assertEquals(N, passed.get());
  }

  @Test
  void await_twice_allPassTwiceWithNumbersOfTheirOwn() throws Exception {
    VirtualTime.run(
        root -> {
          List<Integer> numbers =
              gather(
                  IntStream.range(0, N).boxed().toList(),
                  i -> {
                    barrier.await();
                    return barrier.await();
                  });
          assertEquals(List.of(0, 1, 2, 3, 4), numbers.stream().sorted().toList());
          assertWholeAndEmpty();
        });
  }

  @Test
  void await_ofOneParty_twiceHasTheSameNumber() throws Exception {
    var single = AsyncBarrier.of(1);
    assertEquals(single.await(), single.await());
    assertEquals(0, single.statistics().waiting());
    assertFalse(single.isBroken());
  }

  @Test
  void await_whoComesBackEarly_waitsForTheNextTime() throws Exception {
    VirtualTime.run(
        root -> {
          var others = AsyncBarrier.of(N - 2);
          together(
              N,
              number -> {
                barrier.await();
                if (number >= 2) {
                  others.await();
                }
                barrier.await();
              });
          assertWholeAndEmpty();
        });
  }

  @Test
  void cancel_oneWhoWaits_itsPlaceIsFreeForAnother() throws Exception {
    VirtualTime.run(
        root -> {
          Task<?> first = root.start(this::pass);
          sleep(ofSeconds(1));
          root.start(this::pass);
          sleep(ofSeconds(1));
          first.cancel("test");
          assertThrows(TaskCancelledException.class, first::await);
          assertEquals(1, barrier.statistics().waiting());
          together(N - 1, i -> pass());
          assertWholeAndEmpty();
        });
    assertEquals(N, passed.get());
  }

  @Test
  void reset_withNobodyThere_changesNothing() {
    barrier.reset();
    assertWholeAndEmpty();
  }

  @Test
  void reset_whileTasksWait_eachIsTold() throws Exception {
    VirtualTime.run(
        (TaskGroup root) -> {
          for (int i = 0; i < N - 1; i++) {
            root.start(this::pass);
          }
          sleep(ofSeconds(1));
          barrier.reset();
          sleep(ofSeconds(1));
          assertWholeAndEmpty();
        });
    assertEquals(N - 1, broken.get());
  }

  @Test
  void reset_whenSomeHaveGoneOn_nobodyIsToldForAllHavePassed() throws Exception {
    VirtualTime.run(
        root -> {
          together(
              N,
              i -> {
                pass();
                if (passed.get() == N / 2) {
                  barrier.reset();
                }
              });
          assertWholeAndEmpty();
        });
    assertEquals(N, passed.get());
    assertEquals(0, broken.get());
  }

  @Test
  void reset_whileTasksWait_theyMayWaitAgain() throws Exception {
    VirtualTime.run(
        root -> {
          for (int i = 0; i < N - 1; i++) {
            root.start(
                () -> {
                  pass();
                  pass();
                });
          }
          sleep(ofSeconds(1));
          barrier.reset();
          sleep(ofSeconds(1));
          pass();
          sleep(ofSeconds(1));
          assertWholeAndEmpty();
        });
    assertEquals(N - 1, broken.get());
    assertEquals(N, passed.get());
  }

  @Test
  void reset_byTheLastToGoOn_tellsThoseWhoAreBackAlready() throws Exception {
    VirtualTime.run(
        root -> {
          together(
              N,
              number -> {
                barrier.await();
                if (number == 0) {
                  sleep(ofSeconds(1));
                  barrier.reset();
                } else {
                  pass();
                }
                barrier.await();
              });
          assertWholeAndEmpty();
        });
    assertEquals(N - 1, broken.get());
  }

  @Test
  void abort_withNobodyThere_breaksIt() {
    barrier.abort();
    assertEquals(new AsyncBarrier.Statistics(N, 0, true), barrier.statistics());
  }

  @Test
  void abort_whileSomeAreBackAlready_thoseAreTold() throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            together(
                N,
                number -> {
                  barrier.await();
                  if (number == 0) {
                    sleep(ofSeconds(1));
                    barrier.abort();
                  } else {
                    pass();
                  }
                }));
    assertTrue(barrier.isBroken());
    assertEquals(N - 1, broken.get());
    assertEquals(0, barrier.statistics().waiting());
  }

  @Test
  void abort_byOneThatFailed_isToldToAllOthersWhoWait_andAResetMendsIt() throws Exception {
    VirtualTime.run(
        root -> {
          var second = AsyncBarrier.of(N);
          together(
              N,
              i -> {
                if (barrier.await() == N / 2) {
                  sleep(ofSeconds(1));
                  barrier.abort();
                } else {
                  pass();
                }
                assertTrue(barrier.isBroken());
                if (second.await() == N / 2) {
                  barrier.reset();
                }
                second.await();
                barrier.await();
              });
          assertWholeAndEmpty();
        });
    assertEquals(N - 1, broken.get());
    assertEquals(0, passed.get());
  }
}
