package dev.tandem.benchmarks.bench;

import static dev.tandem.benchmarks.bench.Bar.TANDEM;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Semaphores: one task alone, and many that share one. */
final class SemaphoreFamily implements Family {

  /** {@code AsyncSemaphore.run}, which makes no object for the permit. */
  private static final String RUN = "Tandem, run";

  private static final String JDK = "j.u.c. Semaphore, fair";
  private static final String CLASSES = "dev.tandem.benchmarks.";

  private static final Work ALONE = Work.time("semaphore, nobody waits");

  /** What is shared: so many permits, by so many tasks. */
  private record Shared(int permits, int tasks, Work work) {

    Shared(int permits, int tasks) {
      this(
          permits,
          tasks,
          Work.time(
              "semaphore, "
                  + (permits == 1 ? "1 permit, " : permits + " permits, ")
                  + (tasks == 0 ? "a task on each processor" : tasks + " tasks")));
    }

    Map<String, String> parameters() {
      return Map.of("permits", Integer.toString(permits), "coroutines", Integer.toString(tasks));
    }
  }

  private static final List<Shared> SHARED = List.of(new Shared(1, 0), new Shared(1, 1000));

  /** The one that asyncio is measured with too. */
  private static final Shared ASYNCIO = SHARED.get(1);

  @Override
  public List<Bar> bars() {
    var bars = new ArrayList<Bar>();
    bars.add(bar(ALONE, JDK, 1.2));
    bars.add(bar(ALONE, RUN, null));
    bars.add(bar(ALONE, Asyncio.NAME, null));
    SHARED.forEach(shared -> bars.add(bar(shared.work, JDK, 1.0)));
    bars.add(bar(ASYNCIO.work, Asyncio.NAME, null));
    return bars;
  }

  @Override
  public List<Probe> probes(Tempo tempo) {
    var probes = new ArrayList<Probe>();
    probes.add(alone(TANDEM, "permit", tempo));
    probes.add(alone(RUN, "run", tempo));
    probes.add(alone(JDK, "jdkFair", tempo));
    probes.add(asyncio("alone", ALONE, tempo));
    for (Shared shared : SHARED) {
      probes.add(shared(shared, TANDEM, "permit", tempo));
      probes.add(shared(shared, JDK, "jdkFair", tempo));
    }
    probes.add(asyncio("shared", ASYNCIO.work, tempo));
    return probes;
  }

  private static Bar bar(Work work, String peer, @Nullable Double goal) {
    return new Bar(QueueSuite.NAME, work, peer, goal);
  }

  private static Probe alone(String contender, String method, Tempo tempo) {
    return new JmhProbe(
        ALONE, contender, CLASSES + "SemaphoreUncontendedBenchmark." + method, Map.of(), tempo);
  }

  private static Probe shared(Shared shared, String contender, String method, Tempo tempo) {
    return new JmhProbe(
        shared.work,
        contender,
        CLASSES + "SemaphoreBenchmark." + method,
        shared.parameters(),
        tempo);
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
