package dev.tandem;

import static dev.tandem.Tandem.moveOnAfter;
import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.testing.VirtualTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Promise 5: a deadline is its owner's alone; on its way out it is a cancellation. */
final class NestedDeadlineTest {

  private static int sleepLong() throws InterruptedException {
    sleep(ofSeconds(60));
    return 0;
  }

  @Test
  void timeout_outerPasses_goesThroughTheInnerAsACancellationUntilItsOwner() throws Exception {
    VirtualTime.run(
        root -> {
          var seenBetween = new AtomicReference<Throwable>();
          var error =
              assertThrows(
                  DeadlineExceededException.class,
                  () ->
                      timeout(
                          "outer",
                          ofSeconds(1),
                          () -> {
                            try {
                              return timeout("inner", ofSeconds(5), NestedDeadlineTest::sleepLong);
                            } catch (InterruptedException | DeadlineExceededException passing) {
                              seenBetween.set(passing);
                              throw passing;
                            }
                          }));
          assertEquals(CancelledException.class, seenBetween.get().getClass());
          assertTrue(error.getMessage().startsWith("outer"), error.getMessage());
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }

  @Test
  void timeout_passes_whoIsCancelledReadsWhoseItWasAndHowLong() throws Exception {
    VirtualTime.run(
        (TaskGroup root) -> {
          root.start(
              "login",
              () -> {
                var seen = new AtomicReference<CancelledException>();
                moveOnAfter(
                    Duration.ofMillis(2500),
                    () -> {
                      try {
                        return sleepLong();
                      } catch (CancelledException told) {
                        seen.set(told);
                        throw told;
                      }
                    });
                assertEquals(
                    "timeout in login: deadline of 2.5 s", seen.get().cancellation().reason());
              });
        });
  }

  @Test
  void moveOnAfter_outerPasses_isNotEmptyButCancelled() throws Exception {
    VirtualTime.run(
        root -> {
          var error =
              assertThrows(
                  DeadlineExceededException.class,
                  () ->
                      timeout(
                          "outer",
                          ofSeconds(1),
                          () -> {
                            moveOnAfter(ofSeconds(5), NestedDeadlineTest::sleepLong);
                            throw new AssertionError("the inner took the outer's for its own");
                          }));
          assertTrue(error.getMessage().startsWith("outer"), error.getMessage());
        });
  }

  @Test
  void deadline_ofTheInnerScope_knowsNothingOfTheOuter() throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            timeout(
                ofSeconds(1),
                (Deadline outer) ->
                    timeout(
                        ofSeconds(5),
                        (Deadline inner) -> {
                          assertThrows(CancelledException.class, () -> sleep(ofSeconds(2)));
                          assertTrue(outer.isExpired());
                          assertFalse(inner.isExpired());
                          assertEquals(ofSeconds(4), inner.remaining().orElseThrow());
                          assertTrue(inner.reschedule(ofSeconds(9)), "it has not expired");
                          assertFalse(outer.reschedule(ofSeconds(9)), "it has");
                          return 0;
                        })));
  }

  @Test
  void timeout_innerAndOuterPassTogether_eachIsToldToItsOwner() throws Exception {
    VirtualTime.run(
        root -> {
          var innerTold = new AtomicReference<Throwable>();
          Duration both = ofSeconds(1);
          assertThrows(
              DeadlineExceededException.class,
              () ->
                  timeout(
                      "outer",
                      both,
                      () -> {
                        try {
                          return timeout("inner", both, NestedDeadlineTest::sleepLong);
                        } catch (DeadlineExceededException | InterruptedException told) {
                          innerTold.set(told);
                        }
                        return sleepLong();
                      }));
          assertTrue(innerTold.get() != null);
          assertEquals(ofSeconds(1), VirtualTime.elapsed());
        });
  }
}
