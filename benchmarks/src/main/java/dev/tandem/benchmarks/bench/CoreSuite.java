package dev.tandem.benchmarks.bench;

import static dev.tandem.benchmarks.bench.Bar.TANDEM;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gather, groups, timeouts, and very many tasks that wait. */
final class CoreSuite implements Suite {

  static final Work EMPTY_GATHER = Work.time("gather, 10,000 empty items");
  static final Work SLEEPY_GATHER = Work.time("gather, 10,000 items of 1 ms sleep");
  static final Work SMALL_GROUP = Work.time("group with 2 children");
  static final Work TIMEOUT = Work.time("timeout, not expiring");

  /**
   * A timeout may take 300 ns on a JVM where the timer and the scoped value that it needs take 107
   * ns and 21 ns.
   */
  private static final double TIMEOUT_GOAL = 300.0 / (107 + 21);

  private static final String NAME = "core";
  private static final String BARE_THREADS = "bare virtual threads";
  private static final String FOUND_THREADS = "threads that can be found";
  private static final String UNINSPECTED = "itself, not inspectable";
  private static final String EACH_AWAITED = "bare, a latch for each";
  private static final String EXECUTOR = "ExecutorService";
  private static final String FUTURE = "CompletableFuture";
  private static final String JDK_SCOPE = "StructuredTaskScope";
  private static final String JOX = "Jox";
  private static final String FAILSAFE = "Failsafe";
  private static final String FLOOR = "timer and scoped value";

  private static final String CLASSES = "dev.tandem.benchmarks.";
  private static final Map<String, String> NO_SLEEP = Map.of("sleepMillis", "0");
  private static final Map<String, String> ONE_MILLI = Map.of("sleepMillis", "1");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Gather, groups, timeouts, and a million tasks that wait.";
  }

  @Override
  public List<Bar> bars(Tempo tempo) {
    return List.of(
        bar(EMPTY_GATHER, BARE_THREADS, 0.2),
        bar(EMPTY_GATHER, JDK_SCOPE, 0.15),
        bar(EMPTY_GATHER, JOX, 0.05),
        bar(EMPTY_GATHER, Asyncio.NAME, 0.01),
        bar(EMPTY_GATHER, EXECUTOR, null),
        bar(EMPTY_GATHER, FUTURE, null),
        bar(EMPTY_GATHER, UNINSPECTED, 1.05),
        bar(SLEEPY_GATHER, BARE_THREADS, 1.10),
        bar(SLEEPY_GATHER, FOUND_THREADS, null),
        bar(SLEEPY_GATHER, EXECUTOR, null),
        bar(SMALL_GROUP, BARE_THREADS, 1.15),
        bar(SMALL_GROUP, EACH_AWAITED, null),
        bar(SMALL_GROUP, UNINSPECTED, 1.05),
        bar(SMALL_GROUP, JOX, 0.5),
        bar(SMALL_GROUP, JDK_SCOPE, null),
        bar(SMALL_GROUP, EXECUTOR, null),
        bar(SMALL_GROUP, FUTURE, null),
        bar(SMALL_GROUP, Asyncio.NAME, null),
        bar(TIMEOUT, FLOOR, TIMEOUT_GOAL),
        bar(TIMEOUT, FAILSAFE, 0.1),
        bar(TIMEOUT, JOX, 0.1),
        bar(TIMEOUT, Asyncio.NAME, 0.1),
        bar(TIMEOUT, FUTURE, null),
        bar(ParkedTasks.BYTES, BARE_THREADS, 1.15),
        bar(ParkedTasks.BYTES, Asyncio.NAME, 1.0),
        bar(ParkedTasks.BYTES, FOUND_THREADS, null),
        bar(ParkedTasks.CANCEL, BARE_THREADS, 1.1),
        bar(ParkedTasks.CANCEL, Asyncio.NAME, 1.0),
        bar(ParkedTasks.CANCEL, FOUND_THREADS, null));
  }

  @Override
  public List<Probe> probes(Tempo tempo) {
    var probes = new ArrayList<Probe>();
    probes.add(jmh(EMPTY_GATHER, TANDEM, "GatherBenchmark.gather", NO_SLEEP, tempo));
    probes.add(jmh(EMPTY_GATHER, BARE_THREADS, "GatherBenchmark.threadPerItem", NO_SLEEP, tempo));
    probes.add(jmh(EMPTY_GATHER, EXECUTOR, "GatherBenchmark.executor", NO_SLEEP, tempo));
    probes.add(jmh(EMPTY_GATHER, FUTURE, "GatherBenchmark.completableFuture", NO_SLEEP, tempo));
    probes.add(jmh(EMPTY_GATHER, JDK_SCOPE, "preview.GatherPreviewBenchmark.jdkScope", tempo));
    probes.add(jmh(EMPTY_GATHER, JOX, "preview.GatherPreviewBenchmark.jox", tempo));
    probes.add(jmh(EMPTY_GATHER, UNINSPECTED, "UninspectedBenchmark.gather", tempo));
    probes.add(Asyncio.repeating("gather", EMPTY_GATHER, tempo));
    probes.add(jmh(SLEEPY_GATHER, TANDEM, "GatherBenchmark.gather", ONE_MILLI, tempo));
    probes.add(jmh(SLEEPY_GATHER, BARE_THREADS, "GatherBenchmark.threadPerItem", ONE_MILLI, tempo));
    probes.add(jmh(SLEEPY_GATHER, FOUND_THREADS, "GatherBenchmark.foundThreads", ONE_MILLI, tempo));
    probes.add(jmh(SLEEPY_GATHER, EXECUTOR, "GatherBenchmark.executor", ONE_MILLI, tempo));
    probes.add(jmh(SMALL_GROUP, TANDEM, "GroupBenchmark.group", tempo));
    probes.add(jmh(SMALL_GROUP, BARE_THREADS, "GroupBenchmark.bareThreads", tempo));
    probes.add(jmh(SMALL_GROUP, EACH_AWAITED, "GroupBenchmark.bareThreadsEachAwaited", tempo));
    probes.add(jmh(SMALL_GROUP, UNINSPECTED, "UninspectedBenchmark.group", tempo));
    probes.add(jmh(SMALL_GROUP, EXECUTOR, "GroupBenchmark.executor", tempo));
    probes.add(jmh(SMALL_GROUP, FUTURE, "GroupBenchmark.completableFuture", tempo));
    probes.add(jmh(SMALL_GROUP, JDK_SCOPE, "preview.GroupPreviewBenchmark.jdkScope", tempo));
    probes.add(jmh(SMALL_GROUP, JOX, "preview.GroupPreviewBenchmark.jox", tempo));
    probes.add(Asyncio.repeating("group", SMALL_GROUP, tempo));
    probes.add(jmh(TIMEOUT, TANDEM, "TimeoutBenchmark.timeout", tempo));
    probes.add(jmh(TIMEOUT, FLOOR, "TimeoutBenchmark.timerAndScopedValue", tempo));
    probes.add(jmh(TIMEOUT, FAILSAFE, "TimeoutBenchmark.failsafe", tempo));
    probes.add(jmh(TIMEOUT, FUTURE, "TimeoutBenchmark.completableFuture", tempo));
    probes.add(jmh(TIMEOUT, JOX, "preview.TimeoutPreviewBenchmark.jox", tempo));
    probes.add(Asyncio.repeating("timeout", TIMEOUT, tempo));
    probes.addAll(ParkedTasks.probes(TANDEM, BARE_THREADS, FOUND_THREADS, tempo));
    return probes;
  }

  private static Bar bar(Work work, String peer, @Nullable Double goal) {
    return new Bar(NAME, work, peer, goal);
  }

  private static Probe jmh(Work work, String contender, String method, Tempo tempo) {
    return jmh(work, contender, method, Map.of(), tempo);
  }

  private static Probe jmh(
      Work work, String contender, String method, Map<String, String> parameters, Tempo tempo) {
    return new JmhProbe(work, contender, CLASSES + method, parameters, tempo);
  }
}
