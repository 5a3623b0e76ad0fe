package dev.tandem.benchmarks;

import dev.tandem.DeadlineExceededException;
import dev.tandem.Tandem;
import java.time.Duration;
import java.util.concurrent.ForkJoinPool;
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

/** A timeout that does not expire, against the timer entry that it cannot do without. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TimeoutBenchmark {

  private static final Duration LONG = Duration.ofSeconds(60);

  private int value = 42;

  /** {@code timeout(duration, body)}. */
  @Benchmark
  public int timeout() throws InterruptedException, DeadlineExceededException {
    return Tandem.timeout(LONG, () -> value);
  }

  /** Arming and cancelling a timer of the JDK. */
  @Benchmark
  public boolean timerAlone() {
    return ForkJoinPool.commonPool().schedule(() -> {}, 60, TimeUnit.SECONDS).cancel(false);
  }
}
