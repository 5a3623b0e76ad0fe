package dev.tandem;

import static dev.tandem.Tandem.hedge;
import static dev.tandem.Tandem.moveOnAfter;
import static dev.tandem.Tandem.race;
import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What fails while it is cancelled is told, whatever stands between it and the group. */
final class FailuresWhileCancelledTest {

  /** A group whose task fails in its cleanup. */
  private static String failsInCleanup() throws InterruptedException {
    return TaskGroup.run(
        (TaskGroup group) -> {
          group.start(
              "child",
              () -> {
                try {
                  sleep(ofSeconds(60));
                } catch (CancelledException stopped) {
                  throw new IllegalStateException("disk");
                }
              });
          sleep(ofSeconds(60));
          return "done";
        });
  }

  /** Cancels a task that is in {@code body}; returns the failures that its group then tells of. */
  private static List<String> toldOfCancelled(Work<?, ? extends Exception> body) throws Exception {
    var told = new ArrayList<String>();
    VirtualTime.run(
        (TaskGroup root) -> {
          var error =
              assertThrows(
                  TaskGroupException.class,
                  () ->
                      TaskGroup.run(
                          (TaskGroup group) -> {
                            Task<?> task = group.start("t", body);
                            sleep(ofSeconds(1));
                            task.cancel("enough");
                          }));
          error.failures().forEach(failure -> told.add(failure.failure().getMessage()));
        });
    return told;
  }

  @Test
  void directCall_cancelled_theFailureIsTold() throws Exception {
    assertEquals(List.of("disk"), toldOfCancelled(() -> failsInCleanup()));
  }

  @Test
  void offload_cancelled_theFailureIsTold() throws Exception {
    assertEquals(List.of("disk"), toldOfCancelled(() -> Offload.toThread(() -> failsInCleanup())));
  }

  @Test
  void race_cancelled_theFailuresAreTold() throws Exception {
    assertEquals(
        List.of("disk", "disk"),
        toldOfCancelled(() -> race(() -> failsInCleanup(), () -> failsInCleanup())));
  }

  @Test
  void race_cancelledAndTheRacersThemselvesFail_isTold() throws Exception {
    Work<String, InterruptedException> fails =
        () -> {
          try {
            sleep(ofSeconds(60));
            return "done";
          } catch (CancelledException stopped) {
            throw new IllegalStateException("disk");
          }
        };
    assertEquals(List.of("disk", "disk"), toldOfCancelled(() -> race(fails, fails)));
  }

  @Test
  void hedge_cancelled_theFailureIsTold() throws Exception {
    assertEquals(
        List.of("disk"),
        toldOfCancelled(
            () -> hedge(ofSeconds(30), () -> failsInCleanup(), () -> failsInCleanup())));
  }

  @Test
  void race_cancelledAfterOneHasFailed_thatOneIsLoggedAndNoFailureOfTheGroup() throws Exception {
    try (var log = new LogCapture("dev.tandem.Failures")) {
      VirtualTime.run(
          (TaskGroup root) ->
              assertEquals(
                  Optional.empty(),
                  moveOnAfter(
                      ofSeconds(2),
                      () ->
                          race(
                              () -> {
                                sleep(ofSeconds(1));
                                throw new IOException("mirror down");
                              },
                              () -> {
                                sleep(ofSeconds(60));
                                return "slow";
                              }))));
      assertEquals(List.of("mirror down"), causes(log));
    }
  }

  private static List<String> causes(LogCapture log) {
    return log.records().stream()
        .map(record -> record.getThrown().getCause().getMessage())
        .toList();
  }

  @Test
  void abandonedWork_whatFailedBehindItsCancellation_isLogged() throws Exception {
    var begun = new CountDownLatch(1);
    try (var log = new LogCapture("dev.tandem.offload");
        var pool = Offload.pool("one", 1)) {
      TaskGroup.run(
          (TaskGroup group) -> {
            Task<?> caller =
                group.start(
                    () -> pool.abandonOnCancel().run(() -> failsWhenAbandoned(begun, pool)));
            begun.await();
            caller.cancel("enough");
          });
      // The place is free again when the end of the work has been told.
      assertEquals(1, pool.run(() -> log.records().size()));
      Throwable told = log.records().getFirst().getThrown();
      assertEquals("disk", told.getSuppressed()[0].getCause().getMessage());
    }
  }

  private static void failsWhenAbandoned(CountDownLatch begun, Offload pool)
      throws InterruptedException {
    TaskGroup.run(
        (TaskGroup group) -> {
          group.start(
              () -> {
                begun.countDown();
                try {
                  sleep(ofSeconds(60));
                } catch (CancelledException stopped) {
                  while (pool.statistics().abandoned() == 0) {
                    Thread.onSpinWait();
                  }
                  throw new IllegalStateException("disk");
                }
              });
        });
  }
}
