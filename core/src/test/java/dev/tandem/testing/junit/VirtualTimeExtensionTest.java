package dev.tandem.testing.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.tandem.testing.DeadlockException;
import dev.tandem.testing.VirtualTimeLimitException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.opentest4j.AssertionFailedError;

/** What JUnit makes of tests in virtual time. */
final class VirtualTimeExtensionTest {

  /** What was reported of one test. */
  private record Ended(String name, Status status, Throwable failure) {
    String message() {
      return String.valueOf(failure.getMessage());
    }
  }

  private static final class Reports implements TestExecutionListener {
    final List<Ended> tests = new ArrayList<>();
    final List<Throwable> containerFailures = new ArrayList<>();

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      Throwable failure = result.getThrowable().orElse(null);
      if (test.isTest()) {
        tests.add(new Ended(test.getDisplayName(), result.getStatus(), failure));
      } else if (failure != null) {
        containerFailures.add(failure);
      }
    }

    List<Status> statuses() {
      return tests.stream().map(Ended::status).distinct().toList();
    }
  }

  private static Reports run(Class<?> fixture, Map<String, String> parameters) {
    LauncherConfig config =
        LauncherConfig.builder()
            .enableTestEngineAutoRegistration(false)
            .enableTestExecutionListenerAutoRegistration(false)
            .enableLauncherSessionListenerAutoRegistration(false)
            .enableLauncherDiscoveryListenerAutoRegistration(false)
            .enablePostDiscoveryFilterAutoRegistration(false)
            .addTestEngines(new JupiterTestEngine())
            .build();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(fixture))
            .configurationParameters(parameters)
            .build();
    var reports = new Reports();
    LauncherFactory.create(config).execute(request, reports);
    return reports;
  }

  private static Reports run(Class<?> fixture) {
    return run(fixture, Map.of());
  }

  @BeforeEach
  void forget() {
    Fixtures.LOG.clear();
  }

  @Test
  void body_runsInVirtualTime_withItsGroupAndEachSeed() {
    Reports reports = run(Fixtures.Passing.class);
    assertEquals(List.of(Status.SUCCESSFUL), reports.statuses());
    List<String> log = new ArrayList<>(Fixtures.LOG);
    Collections.sort(log);
    assertEquals(
        List.of("in order waited for", "seed 0", "seed 1", "seed 17", "seed 2", "seed 23", "slept"),
        log);
  }

  @Test
  void seeds_oneFails_isNamedWithItsReplayAndIsTheLast() {
    Reports reports = run(Fixtures.Hasty.class);
    Ended failed = reports.tests.getLast();
    assertEquals(Status.FAILED, failed.status());
    assertTrue(reports.tests.size() < 100, "all were run");
    assertEquals(reports.tests.size(), Fixtures.LOG.size());
    int seed = reports.tests.size() - 1;
    assertEquals("seed " + seed, failed.name());
    assertTrue(
        failed.message().contains("@VirtualTimeTest(seed = " + seed + ")"), failed.message());
    assertTrue(failed.message().contains("-Dtandem.seed=" + seed), failed.message());
    var values = assertInstanceOf(AssertionFailedError.class, failed.failure());
    assertEquals(List.of("one", "two"), values.getExpected().getValue());
    assertEquals(List.of("two", "one"), values.getActual().getValue());
  }

  @Test
  void seedParameter_replaysJustThatOne() {
    int failing = run(Fixtures.Hasty.class).tests.size() - 1;
    Reports replay = run(Fixtures.Hasty.class, Map.of("tandem.seed", " " + failing));
    assertEquals(List.of(Status.FAILED), replay.statuses());
    assertEquals("seed " + failing, replay.tests.getFirst().name());
    assertEquals(1, replay.tests.size());
  }

  @Test
  void seedsParameter_isForThoseThatAskForSeeds() {
    Reports reports = run(Fixtures.Passing.class, Map.of("tandem.seeds", "7"));
    assertEquals(1 + 1 + 7 + 2, reports.tests.size());
  }

  @Test
  void seedParameter_noNumber_isRefused() {
    Reports reports = run(Fixtures.Composed.class, Map.of("tandem.seed", "last"));
    assertEquals(
        "tandem.seed must be a whole number, but was 'last'",
        reports.containerFailures.getFirst().getMessage());
  }

  @Test
  void deadlock_failsAtOnceAsItself() {
    Reports reports = run(Fixtures.Stuck.class);
    assertInstanceOf(DeadlockException.class, reports.tests.getFirst().failure());
  }

  @Test
  void lifecycle_ofEachSeed_isWhole() {
    Reports reports = run(Fixtures.Lifecycle.class);
    assertEquals(List.of(Status.SUCCESSFUL), reports.statuses());
    List<String> once = List.of("new", "before", "test", "after");
    List<String> twice = new ArrayList<>(once);
    twice.addAll(once);
    assertEquals(twice, Fixtures.LOG);
  }

  @Test
  void lifecycle_failsBeforeTheTest_isTheLast() {
    Reports reports = run(Fixtures.FailsBefore.class);
    assertEquals(List.of(Status.FAILED), reports.statuses());
    assertEquals(List.of("before"), Fixtures.LOG);
  }

  @Test
  void assumption_notMet_isSkippedNotFailed() {
    Reports reports = run(Fixtures.Assuming.class);
    assertEquals(List.of(Status.ABORTED), reports.statuses());
    assertEquals(3, Fixtures.LOG.size());
  }

  @Test
  void seeds_negative_isRefused() {
    Reports reports = run(Fixtures.Negative.class);
    assertEquals(
        "seeds must not be negative, but was -1; leave it out for one order",
        reports.containerFailures.getFirst().getMessage());
    assertEquals(List.of(), Fixtures.LOG);
  }

  @Test
  void annotation_onAnnotation_counts() {
    assertEquals(5, run(Fixtures.Composed.class).tests.size());
  }

  @Test
  void limits_areThoseOfTheTest() {
    Reports reports = run(Fixtures.Limited.class);
    assertEquals(List.of("reached", "reached", "reached", "reached"), Fixtures.LOG);
    List<String> failures =
        reports.tests.stream()
            .filter(test -> test.status() == Status.FAILED)
            .map(
                test -> {
                  assertInstanceOf(VirtualTimeLimitException.class, test.failure());
                  return test.message().replaceAll("(?s); a .*", "");
                })
            .sorted()
            .toList();
    assertEquals(
        List.of(
            "the program has taken more than 0.1 s of real time",
            "virtual time would go past its horizon of 10.0 s",
            "virtual time would go past its horizon of 365 days"),
        failures);
  }

  @Test
  void horizon_noDuration_isRefused() {
    Reports reports = run(Fixtures.BadHorizons.class);
    assertEquals(List.of(), Fixtures.LOG);
    List<String> told =
        reports.containerFailures.stream()
            .map(
                failure -> {
                  assertInstanceOf(ExtensionConfigurationException.class, failure);
                  return String.valueOf(failure.getMessage());
                })
            .sorted()
            .toList();
    String form =
        "horizon must be a whole number above zero and one of the units ns, us, ms, s, m, h, d,"
            + " such as \"500 ms\" or \"1000 d\", but was ";
    assertEquals(
        Stream.of(
                "",
                "-1 s",
                "0 s",
                "3 weeks",
                "999999999999999999 d",
                "99999999999999999999 s",
                "soon")
            .map(text -> form + "\"" + text + "\"")
            .toList(),
        told);
  }

  @Test
  void realTime_noDuration_isRefused() {
    Throwable refused = run(Fixtures.BadRealTime.class).containerFailures.getFirst();
    assertTrue(
        String.valueOf(refused.getMessage()).startsWith("realTime must be"), refused::toString);
    assertEquals(List.of(), Fixtures.LOG);
  }

  @Test
  void seedsParameter_belowOne_isRefused() {
    for (String none : List.of("0", "-5")) {
      Reports reports = run(Fixtures.Composed.class, Map.of("tandem.seeds", none));
      assertEquals(
          "tandem.seeds must be at least 1, but was " + none + "; leave it out for each test's own",
          reports.containerFailures.getFirst().getMessage());
    }
  }
}
