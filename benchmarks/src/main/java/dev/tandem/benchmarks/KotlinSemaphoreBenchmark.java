package dev.tandem.benchmarks;

import static dev.tandem.benchmarks.SemaphoreBenchmark.BATCH;
import static dev.tandem.benchmarks.SemaphoreBenchmark.work;

import dev.tandem.benchmarks.kotlin.KotlinSemaphore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What {@link SemaphoreBenchmark} does, by Kotlin's semaphore and coroutines. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class KotlinSemaphoreBenchmark {

  @Param({"1", "2", "4", "8", "32", "128", "100000"})
  private int permits;

  /** How many coroutines; 0 for one on each processor. */
  @Param({"0", "1000"})
  private int coroutines;

  /** Coroutines of the default dispatcher. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void withPermit() {
    int sharing = SemaphoreBenchmark.sharing(coroutines);
    KotlinSemaphore.share(permits, sharing, BATCH / sharing, () -> work(1));
  }
}
