package dev.tandem.testing;

import static dev.tandem.Tandem.moveOnAfter;
import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Offload;
import dev.tandem.TaskGroup;
import dev.tandem.sync.AsyncEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In virtual time one task runs at a time, in the order in which they became able to. */
final class TurnTakingTest {

  @RepeatedTest(20)
  void tasksOfOneInstant_runInTheOrderInWhichTheyWereStartedAndWoken() throws Exception {
    // Not for several threads at once: it is written by one at a time.
    List<Integer> order = new ArrayList<>();
    VirtualTime.run(
        root -> {
          for (int i = 0; i < 50; i++) {
            int number = i;
            root.start(
                () -> {
                  order.add(number);
                  sleep(ofSeconds(1));
                  order.add(number);
                });
          }
          assertEquals(List.of(), order);
        });
    List<Integer> once = IntStream.range(0, 50).boxed().toList();
    assertEquals(once, order.subList(0, 50));
    assertEquals(once, order.subList(50, 100));
  }

  @Test
  void tasksThatMeetOutsideTandem_goOn() throws Exception {
    var here = new CountDownLatch(2);
    VirtualTime.run(
        root -> {
          for (int i = 0; i < 2; i++) {
            root.start(
                () -> {
                  here.countDown();
                  assertTrue(here.await(1, TimeUnit.MINUTES));
                });
          }
        });
    assertEquals(0, here.getCount());
  }

  @Test
  void taskThatBlockedOutsideTandem_takesTurnsAgainAfterItsNextWait() throws Exception {
    var opened = new CountDownLatch(1);
    List<String> order = new ArrayList<>();
    VirtualTime.run(
        (TaskGroup root) -> {
          root.start(
              () -> {
                opened.await();
                sleep(ofSeconds(1));
                order.add("blocked");
              });
          root.start(
              () -> {
                opened.countDown();
                sleep(ofSeconds(2));
                order.add("other");
              });
        });
    assertEquals(List.of("blocked", "other"), order);
  }

  /** What is due at the moment at which somebody goes outside needs no time to pass. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void deadline_isDueAsItsBodyGoesOutside_comesAllTheSame(boolean offloaded) throws Exception {
    var never = new CountDownLatch(1);
    VirtualTime.realTime(ofSeconds(10))
        .run(
            (TaskGroup root) -> {
              var go = AsyncEvent.create();
              root.start(
                  () -> {
                    sleep(ofSeconds(5));
                    go.set();
                  });
              var waits =
                  root.start(
                      () ->
                          moveOnAfter(
                              ofSeconds(5),
                              () -> {
                                go.await();
                                if (offloaded) {
                                  Offload.toThread(() -> never.await());
                                } else {
                                  never.await();
                                }
                              }));
              assertFalse(waits.await());
              assertEquals(ofSeconds(5), VirtualTime.elapsed());
            });
  }
}
