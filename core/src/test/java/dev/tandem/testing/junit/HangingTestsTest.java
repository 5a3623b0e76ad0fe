package dev.tandem.testing.junit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.tandem.TaskGroup;
import dev.tandem.sync.AsyncSemaphore;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** A test that hangs shows by itself what it waits for. */
@Timeout(60)
final class HangingTestsTest {

  private static final ByteArrayOutputStream PRINTED = new ByteArrayOutputStream();

  /** Run by the test below alone. */
  @ExtendWith(HangingTests.class)
  static final class Slow {
    @Test
    void waitsForAPermit() throws Exception {
      var gate = AsyncSemaphore.of("gate", 1);
      TaskGroup.run(
          (TaskGroup group) -> {
            try (var _ = gate.acquire()) {
              group.start("guest", () -> gate.acquire().close());
              while (!PRINTED.toString(UTF_8).contains("guest")) {
                Thread.sleep(10);
              }
            }
          });
    }

    @Test
    void isQuick() {}
  }

  @Test
  void test_takesLong_theTreeOfTasksIsPrinted() {
    PrintStream before = System.err;
    System.setProperty("tandem.hang.seconds", "1");
    System.setErr(new PrintStream(PRINTED, true, UTF_8));
    var summary = new SummaryGeneratingListener();
    try {
      LauncherConfig config =
          LauncherConfig.builder()
              .enableTestEngineAutoRegistration(false)
              .enableTestExecutionListenerAutoRegistration(false)
              .addTestEngines(new JupiterTestEngine())
              .build();
      LauncherDiscoveryRequest request =
          LauncherDiscoveryRequestBuilder.request().selectors(selectClass(Slow.class)).build();
      LauncherFactory.create(config).execute(request, summary);
    } finally {
      System.setErr(before);
      System.clearProperty("tandem.hang.seconds");
    }
    assertEquals(2, summary.getSummary().getTestsSucceededCount());
    String printed = PRINTED.toString(UTF_8);
    assertTrue(printed.contains("waitsForAPermit() has run for 1 s"), printed);
    assertTrue(printed.contains("semaphore 'gate'"), printed);
    assertTrue(!printed.contains("isQuick() has run"), printed);
  }
}
