package dev.tandem.benchmarks.queues;

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

/**
 * A put and its take, in the shapes of Jox's benchmarks and with their parameters. The number of
 * items in one invocation is smaller, so that there are more invocations.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class QueueBenchmark {

  static final int PAIR_ITEMS = 200_000;
  static final int MANY = 10_000;
  static final int ITEMS_EACH = 100;

  @Param({"TANDEM", "ARRAY", "FAIR", "BARE", "LINKED", "JOX"})
  private Contender contender = Contender.TANDEM;

  @Param({"0", "16", "100"})
  private int capacity;

  /** Two threads and one queue. */
  @Benchmark
  @OperationsPerInvocation(PAIR_ITEMS)
  public void pair() throws InterruptedException {
    Shapes.pair(pipe(), PAIR_ITEMS);
  }

  /** Ten thousand queues, one behind the other. */
  @Benchmark
  @OperationsPerInvocation(MANY * ITEMS_EACH)
  public void chain() throws InterruptedException {
    Shapes.chain(this::pipe, MANY, ITEMS_EACH);
  }

  /** Ten thousand queues, each with two threads. */
  @Benchmark
  @OperationsPerInvocation(MANY * ITEMS_EACH)
  public void parallel() throws InterruptedException {
    Shapes.parallel(this::pipe, MANY, ITEMS_EACH);
  }

  private Pipe pipe() {
    return contender.pipe(capacity);
  }
}
