package dev.tandem.benchmarks;

import dev.tandem.Tandem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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

/** Ten thousand items: gather against one virtual thread for each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class GatherBenchmark {

  private static final List<Integer> ITEMS = IntStream.range(0, 10_000).boxed().toList();

  /** How long an item sleeps: nothing, or long enough that all of them sleep at once. */
  @Param({"0", "1"})
  public int sleepMillis;

  /** {@code gather(items, work)}. */
  @Benchmark
  public List<Integer> gather() throws InterruptedException {
    return Tandem.gather(ITEMS, this::work);
  }

  /** A virtual thread for each item, results from its future. */
  @Benchmark
  public List<Integer> threadPerItem() throws InterruptedException, ExecutionException {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> futures = new ArrayList<>(ITEMS.size());
      for (Integer item : ITEMS) {
        futures.add(executor.submit(() -> work(item)));
      }
      List<Integer> results = new ArrayList<>(futures.size());
      for (Future<Integer> future : futures) {
        results.add(future.get());
      }
      return results;
    }
  }

  private Integer work(Integer item) throws InterruptedException {
    if (sleepMillis > 0) {
      Thread.sleep(Duration.ofMillis(sleepMillis));
    }
    return item;
  }
}
