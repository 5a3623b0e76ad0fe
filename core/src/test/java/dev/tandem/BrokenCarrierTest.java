package dev.tandem;

import static dev.tandem.ContextCarriers.register;
import static dev.tandem.Tandem.gather;
import static dev.tandem.Tandem.gatherOutcomes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.internal.Baggage;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Carriers that fail, and carriers that libraries bring with them. */
final class BrokenCarrierTest {

  private final AtomicBoolean ran = new AtomicBoolean();

  private static IllegalStateException broken() {
    return new IllegalStateException("broken");
  }

  @Test
  void capture_fails_isThrownAtTheStartAndNothingIsStarted() throws Exception {
    ContextCarrier carrier =
        () -> {
          throw broken();
        };
    var two = Offload.threads(2);
    try (var _ = register(carrier)) {
      assertThrows(
          IllegalStateException.class,
          () -> TaskGroup.run((TaskGroup group) -> group.start(this::run)));
      assertThrows(IllegalStateException.class, () -> gather(List.of(1), i -> run()));
      assertThrows(IllegalStateException.class, () -> two.run(this::run));
    }
    assertFalse(ran.get());
    assertEquals(new Offload.Statistics(2, 0, 0, 0), two.statistics());
  }

  private boolean run() {
    ran.set(true);
    return true;
  }

  @Test
  void around_failsBeforeTheTask_theTaskFailsWithIt() throws Exception {
    ContextCarrier carrier =
        () ->
            body -> {
              throw broken();
            };
    assertTaskFails(carrier, "broken");
  }

  @Test
  void around_doesNotRunTheTask_isAFailureWithWords() throws Exception {
    assertTaskFails(
        () -> body -> {},
        "a context carrier did not run the task it was put around; call body.run() in it");
  }

  private void assertTaskFails(ContextCarrier carrier, String message) throws Exception {
    try (var _ = register(carrier)) {
      var failure =
          assertThrows(
              TaskGroupException.class,
              () ->
                  TaskGroup.run(
                      group -> {
                        group.start(this::run);
                      }));
      var report = assertInstanceOf(TaskFailedException.class, failure.failures().getFirst());
      assertEquals(message, report.failure().getMessage());
      var own = assertThrows(IllegalStateException.class, () -> gather(List.of(1), i -> run()));
      assertEquals(message, own.getMessage());
      assertInstanceOf(Outcome.Failure.class, gatherOutcomes(List.of(1), i -> run()).getFirst());
      assertThrows(IllegalStateException.class, () -> Offload.toThread(this::run));
    }
    assertFalse(ran.get());
    assertEquals(0, Offload.thread().statistics().busy());
  }

  @Test
  void around_failsAfterTheTask_theTasksEndCountsAndTheFailureIsLogged() throws Exception {
    ContextCarrier carrier =
        () ->
            body -> {
              body.run();
              body.run();
            };
    try (var log = new LogCapture("dev.tandem.context");
        var _ = register(carrier)) {
      assertEquals(List.of(7), gather(List.of(1), i -> 7));
      var own = broken();
      assertSame(
          own, assertThrows(IllegalStateException.class, () -> gather(List.of(1), i -> fail(own))));
      assertEquals(2, log.records().size());
      assertTrue(log.records().getFirst().getThrown().getMessage().contains("once"));
    }
  }

  private static int fail(RuntimeException failure) {
    throw failure;
  }

  @Test
  void nothingRegistered_nothingIsCaptured() throws Exception {
    gather(List.of(1, 2), i -> i);
    assertNull(Baggage.capture());
    register(() -> null).close();
    assertNull(Baggage.capture());
    try (var _ = register(() -> null)) {
      assertNull(Baggage.capture());
    }
  }

  /** As a library would bring it. */
  public static final class FromLibrary implements ContextCarrier {
    @Override
    public Snapshot capture() {
      return Runnable::run;
    }
  }

  @Test
  void services_ofLibraries_areFoundAndBrokenOnesLeftOut(@TempDir Path library) throws Exception {
    Path services = Files.createDirectories(library.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(ContextCarrier.class.getName()),
        "no.such.Carrier\n" + FromLibrary.class.getName() + "\n");
    try (var log = new LogCapture("dev.tandem.context");
        var libraries = new URLClassLoader(new URL[] {library.toUri().toURL()})) {
      List<Baggage.Source> found = ServiceCarriers.find(libraries);
      assertEquals(1, found.size());
      assertInstanceOf(Baggage.Around.class, found.getFirst().capture());
      assertEquals(1, log.records().size());
    }
    assertEquals(List.of(), new ServiceCarriers().find());
  }
}
