package dev.tandem.benchmarks.bench;

import static dev.tandem.benchmarks.bench.Bar.TANDEM;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Semaphores: one task alone, and many that share one. */
final class SemaphoreFamily implements Family {

  /** {@code AsyncSemaphore.run}, which makes no object for the permit. */
  private static final String RUN = "Tandem, run";

  private static final String JDK = "j.u.c. Semaphore, fair";

  /** The same, with an object that gives the permit back, and does so once. */
  private static final String CLOSING = "j.u.c. Semaphore, fair, in a permit to close";

  /** The same after a look for a cancellation, as a task needs one. */
  private static final String LOOKING = "j.u.c. Semaphore, fair, and a look for cancellation";

  private static final String KOTLIN = "Kotlin";
  private static final String CLASSES = "dev.tandem.benchmarks.";

  private static final double ALONE_GOAL = 1.2;
  private static final double WAITING_GOAL = 1.0;

  private static final Work ALONE = Work.time("semaphore, nobody waits");

  /** What is shared: so many permits, by so many tasks. */
  private record Shared(int permits, int tasks, Work work) {

    Shared(int permits, int tasks) {
      this(
          permits,
          tasks,
          Work.time(
              "semaphore, "
                  + counted(permits, "permit")
                  + ", "
                  + (tasks == 0 ? "a task on each processor" : counted(tasks, "task"))));
    }

    private static String counted(int count, String what) {
      return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? what : what + "s");
    }

    /** Fair contention has a goal, and where there is enough for all the one of a task alone. */
    double goal() {
      int sharing = tasks == 0 ? Runtime.getRuntime().availableProcessors() : tasks;
      return permits < sharing ? WAITING_GOAL : ALONE_GOAL;
    }

    Map<String, String> parameters() {
      return Map.of("permits", Integer.toString(permits), "coroutines", Integer.toString(tasks));
    }
  }

  /** The parameters of Kotlin's own benchmark. */
  private static final List<Shared> SHARED =
      Stream.of(1, 2, 4, 8, 32, 128, 100_000)
          .flatMap(permits -> Stream.of(new Shared(permits, 0), new Shared(permits, 1000)))
          .toList();

  /** The one that asyncio is measured with too. */
  private static final Shared ASYNCIO = new Shared(1, 1000);

  /** Those that are in a quick run too. */
  private static final Set<Shared> QUICK = Set.of(new Shared(1, 0), ASYNCIO, new Shared(8, 1000));

  @Override
  public List<Bar> bars(Tempo tempo) {
    var bars = new ArrayList<Bar>();
    bars.add(bar(ALONE, JDK, ALONE_GOAL));
    bars.add(bar(ALONE, CLOSING, null));
    bars.add(bar(ALONE, RUN, null));
    if (tempo == Tempo.FULL) {
      bars.add(bar(ALONE, LOOKING, null));
      bars.add(bar(ALONE, Asyncio.NAME, null));
    }
    for (Shared shared : shared(tempo)) {
      bars.add(bar(shared.work, JDK, shared.goal()));
      bars.add(bar(shared.work, KOTLIN, null));
      if (shared.equals(ASYNCIO)) {
        bars.add(bar(shared.work, Asyncio.NAME, null));
      }
    }
    return bars;
  }

  @Override
  public List<Probe> probes(Tempo tempo) {
    var probes = new ArrayList<Probe>();
    probes.add(alone(TANDEM, "permit", tempo));
    probes.add(alone(RUN, "run", tempo));
    probes.add(alone(JDK, "jdkFair", tempo));
    probes.add(alone(CLOSING, "jdkFairToClose", tempo));
    if (tempo == Tempo.FULL) {
      probes.add(alone(LOOKING, "jdkFairAfterLooking", tempo));
      probes.add(asyncio("alone", ALONE, tempo));
    }
    for (Shared shared : shared(tempo)) {
      probes.add(shared(shared, TANDEM, "SemaphoreBenchmark.permit", tempo));
      probes.add(shared(shared, JDK, "SemaphoreBenchmark.jdkFair", tempo));
      probes.add(shared(shared, KOTLIN, "KotlinSemaphoreBenchmark.withPermit", tempo));
      if (shared.equals(ASYNCIO)) {
        probes.add(asyncio("shared", shared.work, tempo));
      }
    }
    return probes;
  }

  private static List<Shared> shared(Tempo tempo) {
    return SHARED.stream().filter(shared -> tempo == Tempo.FULL || QUICK.contains(shared)).toList();
  }

  private static Bar bar(Work work, String peer, @Nullable Double goal) {
    return new Bar(QueueSuite.NAME, work, peer, goal);
  }

  private static Probe alone(String contender, String method, Tempo tempo) {
    return new JmhProbe(
        ALONE, contender, CLASSES + "SemaphoreUncontendedBenchmark." + method, Map.of(), tempo);
  }

  private static Probe shared(Shared shared, String contender, String method, Tempo tempo) {
    return new JmhProbe(shared.work, contender, CLASSES + method, shared.parameters(), tempo);
  }

  private static Probe asyncio(String scenario, Work work, Tempo tempo) {
    Duration time = tempo.working();
    return new ProcessProbe(
        Asyncio.NAME,
        Map.of("time", work),
        List.of("python3", "-", scenario, Double.toString(time.toMillis() / 1e3)),
        script(),
        time.plusMillis(300));
  }

  private static String script() {
    try (InputStream stream = SemaphoreFamily.class.getResourceAsStream("semaphore.py")) {
      if (stream == null) {
        throw new IllegalStateException("the resource semaphore.py is missing");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
