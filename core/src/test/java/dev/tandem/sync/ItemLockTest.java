package dev.tandem.sync;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Gather;
import dev.tandem.ItemWork;
import dev.tandem.Outcome;
import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.flow.AsyncIterator;
import dev.tandem.testing.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Items that have one thread after the other, and locks: what one leaves is not the next one's. */
final class ItemLockTest {

  private static <R> List<Outcome<Integer, R>> oneLane(ItemWork<Integer, R, Exception> work)
      throws Exception {
    return VirtualTime.run((TaskGroup _) -> Gather.over(List.of(1, 2)).limit(1).outcomes(work));
  }

  private static void assertToldOfTheFirst(Outcome<Integer, ?> second) {
    var failure = assertInstanceOf(Outcome.Failure.class, second);
    var told = assertInstanceOf(LockOwnershipException.class, failure.error());
    assertTrue(told.getMessage().contains("#0, which has ended"), told.getMessage());
  }

  @Test
  void lock_leftByAnItem_theNextOnItsThreadIsToldOfIt() throws Exception {
    var lock = AsyncLock.create("stock");
    assertToldOfTheFirst(oneLane(_ -> lock.lock()).get(1));
  }

  @Test
  void lock_reentrantLeftByAnItem_theNextOnItsThreadIsToldOfIt() throws Exception {
    var lock = AsyncLock.reentrant("stock");
    assertToldOfTheFirst(oneLane(_ -> lock.lock()).get(1));
  }

  @Test
  void lock_leftByAnItem_isNotHeldByTheNextAndStillToldOfAsTheFirst() throws Exception {
    var lock = AsyncLock.reentrant("stock");
    var kept = new ArrayList<AsyncLock.Hold>();
    var seen = new ArrayList<String>();
    oneLane(
        item -> {
          if (item == 1) {
            kept.add(lock.lock());
            assertTrue(lock.isHeldByCurrentThread());
          } else {
            assertFalse(lock.isHeldByCurrentThread());
            assertThrows(LockOwnershipException.class, lock::tryLock);
            assertThrows(LockOwnershipException.class, kept.getFirst()::close);
          }
          return seen.add(lock.toString());
        });
    assertEquals(seen.get(0), seen.get(1).replace(", which has ended", ""));
  }

  @Test
  void lock_keptByAnItemInAScopeOfItsOwn_isItsOwn() throws Exception {
    var lock = AsyncLock.reentrant();
    List<Outcome<Integer, Integer>> all =
        oneLane(
            item -> {
              try (var _ = lock.lock()) {
                return TaskGroup.run(
                    (TaskGroup _) -> {
                      try (var _ = lock.lock()) {
                        return lock.statistics().holds() * item;
                      }
                    });
              }
            });
    assertEquals(
        List.of(2, 4), all.stream().map(each -> ((Outcome.Success<?, ?>) each).value()).toList());
  }

  @Test
  void lock_whileAnItemLeavesIt_whoWaitsIsToldWhenTheItemEnds() throws Exception {
    VirtualTime.run(
        (TaskGroup root) -> {
          var lock = AsyncLock.create("stock");
          Task<?> gather =
              root.start(
                  "gather",
                  () ->
                      Gather.over(List.of(1, 2))
                          .limit(1)
                          .run(
                              item -> {
                                if (item == 1) {
                                  lock.lock();
                                }
                                sleep(ofSeconds(5));
                                return item;
                              }));
          sleep(ofSeconds(1));
          assertThrows(LockOwnershipException.class, lock::lock);
          assertEquals(ofSeconds(5), VirtualTime.elapsed());
          gather.await();
        });
  }

  @Test
  void lock_leftByAnElementOfMapConcurrent_theNextIsToldOfIt() throws Exception {
    VirtualTime.run(
        (TaskGroup _) -> {
          for (AsyncLock lock : List.of(AsyncLock.create(), AsyncLock.reentrant())) {
            try (var it = AsyncIterator.of(1, 2).mapConcurrent(1, _ -> lock.lock())) {
              var told = assertThrows(LockOwnershipException.class, it::toList);
              assertTrue(told.getMessage().contains("mapConcurrent#0"), told.getMessage());
            }
          }
        });
  }

  @Test
  void lock_leftByAnElementOfMapConcurrentUnordered_whoWaitsIsTold() throws Exception {
    VirtualTime.run(
        (TaskGroup root) -> {
          var lock = AsyncLock.create();
          Task<?> waiting =
              root.start(
                  "waiting",
                  () -> {
                    sleep(ofSeconds(1));
                    assertThrows(LockOwnershipException.class, lock::lock);
                  });
          var twice = AsyncIterator.of(1, 2).throttle(ofSeconds(9));
          try (var it =
              twice.mapConcurrentUnordered(
                  1,
                  item -> {
                    if (item == 1) {
                      lock.lock();
                    }
                    sleep(ofSeconds(2));
                    return item;
                  })) {
            assertEquals(1, it.next().orElseThrow());
            waiting.await();
            assertEquals(ofSeconds(2), VirtualTime.elapsed());
            assertEquals(List.of(2), it.toList());
          }
        });
  }
}
