package dev.tandem.sync;

import static dev.tandem.Tandem.gather;
import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.CancelledException;
import dev.tandem.DeadlineExceededException;
import dev.tandem.Task;
import dev.tandem.testing.VirtualTime;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AsyncBarrierTest {

  @Test
  void await_allHaveCome_goOnTogetherWithNumbersInTheOrderOfComing() throws Exception {
    VirtualTime.run(
        root -> {
          var barrier = AsyncBarrier.of(3);
          List<Integer> numbers =
              gather(
                  List.of(3, 1, 2),
                  seconds -> {
                    sleep(ofSeconds(seconds));
                    int number = barrier.await();
                    assertEquals(ofSeconds(3), VirtualTime.elapsed());
                    return number;
                  });
          assertEquals(List.of(2, 0, 1), numbers);
          assertEquals(new AsyncBarrier.Statistics(3, 0, false), barrier.statistics());
        });
  }

  @Test
  void await_timeAfterTime_eachRoundHasAllNumbers() throws Exception {
    VirtualTime.run(
        root -> {
          var barrier = AsyncBarrier.of(4);
          for (int round = 0; round < 3; round++) {
            List<Integer> numbers =
                gather(IntStream.range(0, 4).boxed().toList(), i -> barrier.await());
            assertEquals(List.of(0, 1, 2, 3), numbers.stream().sorted().toList());
          }
          assertEquals(4, barrier.parties());
        });
  }

  @Test
  void await_ofOneParty_goesOnAtOnce() throws Exception {
    assertEquals(0, AsyncBarrier.of(1).await());
    assertEquals(OptionalInt.of(0), AsyncBarrier.of(1).await(ofSeconds(1)));
  }

  @Test
  void await_outOfTimeOrCancelled_freesThePlaceAndTheBarrierStaysWhole() throws Exception {
    VirtualTime.run(
        root -> {
          var barrier = AsyncBarrier.of(2);
          assertEquals(OptionalInt.empty(), barrier.await(ofSeconds(1)));
          assertThrows(
              DeadlineExceededException.class, () -> timeout(ofSeconds(1), () -> barrier.await()));
          assertEquals(new AsyncBarrier.Statistics(2, 0, false), barrier.statistics());
          Task<Integer> first = root.start(() -> barrier.await());
          sleep(ofSeconds(1));
          assertEquals("AsyncBarrier[waiting 1/2]", barrier.toString());
          assertEquals(1, barrier.await());
          assertEquals(0, first.await());
        });
  }

  @Test
  void await_forSoLong_waitsForTheOthersNoLongerThanThat() throws Exception {
    VirtualTime.run(
        root -> {
          var barrier = AsyncBarrier.of(2);
          assertEquals(OptionalInt.empty(), barrier.await(ofSeconds(2)));
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
          Task<Integer> last =
              root.start(
                  () -> {
                    sleep(ofSeconds(1));
                    return barrier.await();
                  });
          assertEquals(OptionalInt.of(0), barrier.await(ofSeconds(2)));
          assertEquals(ofSeconds(3), VirtualTime.elapsed());
          assertEquals(1, last.await());
        });
  }

  @Test
  void await_cancelledWhenAllHaveCome_returnsAndTheNextWaitThrows() throws Exception {
    VirtualTime.run(
        root -> {
          var barrier = AsyncBarrier.of(2);
          var seen = new AtomicReference<>(-1);
          Task<?> first =
              root.start(
                  () -> {
                    seen.set(barrier.await());
                    assertThrows(CancelledException.class, () -> sleep(ofSeconds(1)));
                  });
          sleep(ofSeconds(1));
          barrier.await();
          first.cancel("just then");
          sleep(ofSeconds(1));
          assertEquals(0, seen.get());
        });
  }

  @Test
  void abort_tellsThoseWhoWaitAndThoseWhoComeLater() throws Exception {
    VirtualTime.run(
        root -> {
          var barrier = AsyncBarrier.of(2);
          Task<BarrierBrokenException> waiter =
              root.start(() -> assertThrows(BarrierBrokenException.class, barrier::await));
          sleep(ofSeconds(1));
          barrier.abort();
          assertTrue(waiter.await().getMessage().contains("broken while"));
          assertTrue(barrier.isBroken());
          assertEquals("AsyncBarrier[broken]", barrier.toString());
          assertThrows(BarrierBrokenException.class, barrier::await);
          assertThrows(BarrierBrokenException.class, () -> barrier.await(ofSeconds(1)));
          barrier.reset();
          assertFalse(barrier.isBroken());
          root.start(() -> barrier.await());
          barrier.await();
        });
  }

  @Test
  void reset_tellsThoseWhoWaitAndBeginsAnew() throws Exception {
    VirtualTime.run(
        root -> {
          var barrier = AsyncBarrier.of(2);
          Task<BarrierBrokenException> waiter =
              root.start(() -> assertThrows(BarrierBrokenException.class, barrier::await));
          sleep(ofSeconds(1));
          barrier.reset();
          assertTrue(waiter.await().getMessage().contains("reset while"));
          assertEquals(new AsyncBarrier.Statistics(2, 0, false), barrier.statistics());
        });
  }
}
