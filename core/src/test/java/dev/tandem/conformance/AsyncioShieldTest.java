package dev.tandem.conformance;

import static dev.tandem.Tandem.gather;
import static dev.tandem.Tandem.shield;
import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.Task;
import dev.tandem.TaskCancelledException;
import dev.tandem.TaskGroupException;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The cases of asyncio's tests of shield. */
final class AsyncioShieldTest {

  @Test
  void shield_bodyReturns_givesItsValue() throws Exception {
    VirtualTime.run(
        root -> {
          assertEquals(42, shield(ofSeconds(5), () -> after(1, 42)));
          assertEquals(7, shield(ofSeconds(5), () -> 7));
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }

  @Test
  void shield_bodyThrows_passesThatVeryException() {
    var mine = new IOException("expected");
    assertSame(
        mine,
        assertThrows(
            IOException.class,
            () ->
                shield(
                    ofSeconds(5),
                    () -> {
                      throw mine;
                    })));
  }

  @Test
  void shield_aroundTheAwaitOfACancelledTask_throwsThatItWasCancelled() throws Exception {
    VirtualTime.run(
        root -> {
          Task<Integer> inner = root.start(() -> after(60, 1));
          inner.cancel("test");
          assertThrows(
              TaskCancelledException.class, () -> shield(ofSeconds(5), () -> inner.await()));
        });
  }

  @Test
  void cancel_whoeverIsInAShield_theBodyEndsFirstAndWhatFollowsIsCancelled() throws Exception {
    VirtualTime.run(
        root -> {
          var proof = new AtomicInteger();
          Task<?> outer =
              root.start(
                  () -> {
                    shield(
                        ofSeconds(10),
                        () -> {
                          sleep(ofSeconds(5));
                          proof.incrementAndGet();
                        });
                    proof.addAndGet(100);
                  });
          sleep(ofSeconds(1));
          outer.cancel("test");
          assertThrows(TaskCancelledException.class, outer::await);
          assertEquals(1, proof.get());
          assertEquals(ofSeconds(5), VirtualTime.elapsed());
        });
  }

  @Test
  void cancel_whoeverAwaitsATaskOfAnotherGroup_leavesThatTaskRunning() throws Exception {
    VirtualTime.run(
        root -> {
          Task<Integer> inner = root.start(() -> after(5, 42));
          Task<?> outer = root.start(() -> inner.await());
          sleep(ofSeconds(1));
          outer.cancel("test");
          assertThrows(TaskCancelledException.class, outer::await);
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
          assertEquals(42, inner.await());
        });
  }

  @Test
  void cancel_whoeverIsInAShieldWhoseBodyThenFails_theFailureIsThrown() {
    var error =
        assertThrows(
            TaskGroupException.class,
            () ->
                VirtualTime.run(
                    root -> {
                      Task<?> outer =
                          root.start(
                              "outer",
                              () ->
                                  shield(
                                      ofSeconds(10),
                                      () -> {
                                        sleep(ofSeconds(5));
                                        throw new IOException("foo");
                                      }));
                      sleep(ofSeconds(1));
                      outer.cancel("test");
                      sleep(ofSeconds(60));
                    }));
    assertEquals(1, error.failureCount());
    assertEquals("foo", error.getCause().getMessage());
  }

  @Test
  void shield_ofWhatHasEndedAlready_needsNoTime() throws Exception {
    VirtualTime.run(
        root -> {
          Task<Integer> inner = root.start(() -> 42);
          inner.await();
          assertEquals(42, shield(ofSeconds(5), () -> inner.await()));
          assertEquals(ZERO, VirtualTime.elapsed());
        });
  }

  @Test
  void shield_aroundAGather_theItemsFinish() throws Exception {
    VirtualTime.run(
        root -> {
          var results = new AtomicReference<@Nullable List<Integer>>();
          Task<?> outer =
              root.start(
                  () ->
                      shield(
                          ofSeconds(10),
                          () -> results.set(gather(List.of(1, 2), i -> after(i, i)))));
          sleep(ofSeconds(1).dividedBy(2));
          outer.cancel("test");
          assertThrows(TaskCancelledException.class, outer::await);
          assertEquals(List.of(1, 2), results.get());
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
        });
  }

  @Test
  void gather_ofShields_isCancelledWhenTheShieldedHaveEnded() throws Exception {
    VirtualTime.run(
        root -> {
          var finished = new AtomicInteger();
          Task<?> parent =
              root.start(
                  () ->
                      gather(
                          List.of(1, 2),
                          i ->
                              shield(
                                  ofSeconds(10),
                                  () -> {
                                    sleep(ofSeconds(i));
                                    return finished.incrementAndGet();
                                  })));
          sleep(ofSeconds(1).dividedBy(2));
          parent.cancel("test");
          assertThrows(TaskCancelledException.class, parent::await);
          assertEquals(2, finished.get());
          assertEquals(ofSeconds(2), VirtualTime.elapsed());
        });
  }

  @Test
  void shield_outsideOfEverything_isAPlainCall() throws Exception {
    assertEquals(42, shield(ofSeconds(5), () -> 42));
  }

  private static int after(int seconds, int value) throws InterruptedException {
    sleep(ofSeconds(seconds));
    return value;
  }
}
