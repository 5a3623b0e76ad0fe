package dev.tandem.benchmarks;

import dev.tandem.TaskGroup;
import dev.tandem.flow.AsyncIterator;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A thousand items, some of them worked on at once: iterators against the JDK's gatherer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class MapConcurrentBenchmark {

  private static final List<Integer> ITEMS = IntStream.range(0, 1_000).boxed().toList();

  /** How many items are worked on at once. */
  @Param({"4", "16", "256"})
  public int limit;

  /** How long an item sleeps. */
  @Param({"0", "1"})
  public int sleepMillis;

  /** {@code mapConcurrent}, in the order of the items. */
  @Benchmark
  public List<Integer> ordered() throws InterruptedException {
    return TaskGroup.<List<Integer>, RuntimeException>run(
        group -> AsyncIterator.from(ITEMS).mapConcurrent(limit, this::work).toList());
  }

  /** {@code mapConcurrentUnordered}, in the order of the results. */
  @Benchmark
  public List<Integer> unordered() throws InterruptedException {
    return TaskGroup.<List<Integer>, RuntimeException>run(
        group -> AsyncIterator.from(ITEMS).mapConcurrentUnordered(limit, this::work).toList());
  }

  /** The JDK's own. */
  @Benchmark
  public List<Integer> gatherer() {
    return ITEMS.stream().gather(Gatherers.mapConcurrent(limit, this::workUnchecked)).toList();
  }

  private Integer workUnchecked(Integer item) {
    try {
      return work(item);
    } catch (InterruptedException nobodyInterrupts) {
      throw new IllegalStateException(nobodyInterrupts);
    }
  }

  private Integer work(Integer item) throws InterruptedException {
    if (sleepMillis > 0) {
      Thread.sleep(Duration.ofMillis(sleepMillis));
    }
    return item;
  }
}
