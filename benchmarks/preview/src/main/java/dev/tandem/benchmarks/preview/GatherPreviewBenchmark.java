package dev.tandem.benchmarks.preview;

import com.softwaremill.jox.structured.Par;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.StructuredTaskScope.Subtask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Ten thousand empty items at once. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 2, jvmArgsAppend = "--enable-preview")
public class GatherPreviewBenchmark {

  private static final List<Integer> ITEMS = IntStream.range(0, 10_000).boxed().toList();

  /** A fork for each item, then the results in order. */
  @Benchmark
  public List<Integer> jdkScope() throws InterruptedException {
    try (var scope = StructuredTaskScope.<Integer>open()) {
      List<Subtask<Integer>> forks = new ArrayList<>(ITEMS.size());
      for (Integer item : ITEMS) {
        forks.add(scope.fork(() -> item));
      }
      scope.join();
      List<Integer> results = new ArrayList<>(forks.size());
      for (Subtask<Integer> fork : forks) {
        results.add(fork.get());
      }
      return results;
    }
  }

  /** Jox's own word for it. */
  @Benchmark
  public List<Integer> jox() throws InterruptedException {
    List<Callable<Integer>> works = new ArrayList<>(ITEMS.size());
    for (Integer item : ITEMS) {
      works.add(() -> item);
    }
    return Par.par(works);
  }
}
