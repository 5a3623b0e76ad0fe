package dev.tandem.benchmarks.queues;

import dev.tandem.benchmarks.kotlin.KotlinShapes;
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

/** The same shapes and numbers with Kotlin's channels, in coroutines of its default dispatcher. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class KotlinBenchmark {

  @Param({"0", "16", "100"})
  private int capacity;

  /** Two coroutines and one channel. */
  @Benchmark
  @OperationsPerInvocation(QueueBenchmark.PAIR_ITEMS)
  public void pair() {
    KotlinShapes.pair(capacity, QueueBenchmark.PAIR_ITEMS);
  }

  /** Ten thousand channels, one behind the other. */
  @Benchmark
  @OperationsPerInvocation(QueueBenchmark.MANY * QueueBenchmark.ITEMS_EACH)
  public void chain() {
    KotlinShapes.chain(capacity, QueueBenchmark.MANY, QueueBenchmark.ITEMS_EACH);
  }

  /** Ten thousand channels, each with two coroutines. */
  @Benchmark
  @OperationsPerInvocation(QueueBenchmark.MANY * QueueBenchmark.ITEMS_EACH)
  public void parallel() {
    KotlinShapes.parallel(capacity, QueueBenchmark.MANY, QueueBenchmark.ITEMS_EACH);
  }
}
