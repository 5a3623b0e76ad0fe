package dev.tandem.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Gather and group in a process that cannot be looked at: what that it could be looked at costs.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-Dtandem.inspect=off")
public class UninspectedBenchmark {

  private final GatherBenchmark gather = new GatherBenchmark();
  private final GroupBenchmark group = new GroupBenchmark();

  /** {@link GatherBenchmark#gather} of empty items. */
  @Benchmark
  public List<Integer> gather() throws InterruptedException {
    return gather.gather();
  }

  /** {@link GroupBenchmark#group}. */
  @Benchmark
  public int group() throws Exception {
    return group.group();
  }
}
