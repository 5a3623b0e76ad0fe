package dev.tandem.sync;

import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.DeadlineExceededException;
import dev.tandem.Gather;
import dev.tandem.Task;
import dev.tandem.TaskCancelledException;
import dev.tandem.TaskGroup;
import dev.tandem.testing.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class KeyedSemaphoreTest {

  @Test
  void acquire_eachKeyHasItsOwnLimit() throws Exception {
    VirtualTime.run(
        root -> {
          var perHost = KeyedSemaphore.<String>of(2);
          Gather.over(IntStream.range(0, 12).boxed().toList())
              .run(
                  i -> {
                    try (var permit = perHost.acquire("host-" + i % 3)) {
                      sleep(ofSeconds(permit.count()));
                    }
                    return i;
                  });
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
          assertEquals(0, perHost.keys());
        });
  }

  @Test
  void acquire_withATotal_isLimitedByBothAndABusyKeyTakesNoneOfTheTotal() throws Exception {
    VirtualTime.run(
        root -> {
          var limit = KeyedSemaphore.<String>of(1, 2);
          Permit a = limit.acquire("a");
          root.start(() -> limit.acquire("a").close());
          root.start(() -> limit.acquire("a").close());
          sleep(ofSeconds(1));
          assertEquals(new KeyedSemaphore.Statistics(1, 0, 2), limit.statistics("a"));
          Permit b = limit.acquire("b");
          assertEquals(new KeyedSemaphore.Statistics(2, 0, 0), limit.statistics());
          assertEquals(Optional.empty(), limit.tryAcquire("c"));
          assertEquals(Optional.empty(), limit.tryAcquire("c", ofSeconds(1)));
          assertEquals(2, limit.keys());
          assertEquals(
              "KeyedSemaphore[1 for each of 2 keys, 2/2 taken, waiting 0]", limit.toString());
          b.close();
          limit.tryAcquire("c").orElseThrow().close();
          a.close();
          sleep(ofSeconds(1));
          assertEquals(0, limit.keys());
          assertEquals(new KeyedSemaphore.Statistics(2, 2, 0), limit.statistics());
        });
  }

  @Test
  void acquire_ofOneKey_isInTurn() throws Exception {
    VirtualTime.run(
        root -> {
          var limit = KeyedSemaphore.<String>of(1);
          List<Integer> order = new ArrayList<>();
          TaskGroup.run(
              group -> {
                for (int i = 0; i < 5; i++) {
                  int number = i;
                  group.start(
                      () -> {
                        sleep(ofSeconds(1).plusNanos(number));
                        try (var _ = limit.acquire("a")) {
                          order.add(number);
                          sleep(ofSeconds(1));
                        }
                      });
                }
              });
          assertEquals(List.of(0, 1, 2, 3, 4), order);
        });
  }

  @Test
  void acquire_givenUpForKeyOrTotal_takesNothingAndForgetsTheKey() throws Exception {
    VirtualTime.run(
        root -> {
          var limit = KeyedSemaphore.<String>of(1, 1);
          Permit held = limit.acquire("a");
          for (String key : List.of("a", "b")) {
            assertThrows(
                DeadlineExceededException.class,
                () -> timeout(ofSeconds(1), () -> limit.acquire(key)));
          }
          assertEquals(1, limit.keys());
          held.close();
          held.close();
          assertEquals(0, limit.keys());
          assertEquals(new KeyedSemaphore.Statistics(1, 1, 0), limit.statistics());
          assertEquals(new KeyedSemaphore.Statistics(1, 1, 0), limit.statistics("a"));
        });
  }

  @Test
  void acquire_givenUpForTheTotalWhileTheKeyIsInUse_thePermitOfTheKeyComesBack() throws Exception {
    VirtualTime.run(
        root -> {
          var limit = KeyedSemaphore.<String>of(2, 2);
          var whole = new KeyedSemaphore.Statistics(2, 1, 0);
          Permit a = limit.acquire("a");
          Permit b = limit.acquire("b");
          assertEquals(Optional.empty(), limit.tryAcquire("a"));
          assertEquals(whole, limit.statistics("a"));
          assertEquals(Optional.empty(), limit.tryAcquire("a", ofSeconds(1)));
          assertEquals(whole, limit.statistics("a"));
          Task<?> waiter = root.start(() -> limit.acquire("a"));
          sleep(ofSeconds(1));
          assertEquals(new KeyedSemaphore.Statistics(2, 0, 0), limit.statistics("a"));
          assertEquals(new KeyedSemaphore.Statistics(2, 0, 1), limit.statistics());
          waiter.cancel("test");
          assertThrows(TaskCancelledException.class, waiter::await);
          assertEquals(whole, limit.statistics("a"));
          b.close();
          limit.tryAcquire("a").orElseThrow().close();
          a.close();
          assertEquals(0, limit.keys());
          assertEquals(new KeyedSemaphore.Statistics(2, 2, 0), limit.statistics());
        });
  }

  @Test
  void tryAcquire_forSoLong_waitsForKeyOrTotalNoLongerThanThat() throws Exception {
    VirtualTime.run(
        root -> {
          var limit = KeyedSemaphore.<String>of(1, 1);
          Permit held = limit.acquire("a");
          for (String key : List.of("a", "b")) {
            assertEquals(Optional.empty(), limit.tryAcquire(key, ofSeconds(2)));
          }
          assertEquals(ofSeconds(4), VirtualTime.elapsed());
          root.start(
              () -> {
                sleep(ofSeconds(1));
                held.close();
              });
          Permit next = limit.tryAcquire("a", ofSeconds(2)).orElseThrow();
          assertEquals(ofSeconds(5), VirtualTime.elapsed());
          root.start(
              () -> {
                sleep(ofSeconds(1));
                next.close();
              });
          limit.tryAcquire("b", ofSeconds(2)).orElseThrow().close();
          assertEquals(ofSeconds(6), VirtualTime.elapsed());
          assertEquals(0, limit.keys());
        });
  }

  @Test
  void acquire_ofManyKeys_remembersNoneOfThem() throws Exception {
    var limit = KeyedSemaphore.<Integer>of(1);
    for (int key = 0; key < 10_000; key++) {
      limit.acquire(key).close();
    }
    assertEquals(0, limit.keys());
    assertEquals("KeyedSemaphore[1 for each of 0 keys, 0 taken, waiting 0]", limit.toString());
  }
}
