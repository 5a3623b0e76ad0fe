package dev.tandem.benchmarks;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.Timeout;
import dev.tandem.DeadlineExceededException;
import dev.tandem.Tandem;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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

/** A timeout that does not expire, against what it cannot do without and against its peers. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TimeoutBenchmark {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final ScopedValue<Duration> BOUND = ScopedValue.newInstance();

  private final FailsafeExecutor<Integer> failsafe =
      Failsafe.with(Timeout.<Integer>builder(LONG).withInterrupt().build());

  private int value = 42;

  /** {@code timeout(duration, body)}. */
  @Benchmark
  public int timeout() throws InterruptedException, DeadlineExceededException {
    return Tandem.timeout(LONG, () -> value);
  }

  /** Arming and cancelling a timer of the JDK, and binding a scoped value: the least there is. */
  @Benchmark
  public int timerAndScopedValue() {
    return ScopedValue.where(BOUND, LONG)
        .call(
            () -> {
              var timer =
                  ForkJoinPool.commonPool()
                      .schedule(() -> {}, BOUND.get().toNanos(), TimeUnit.NANOSECONDS);
              int result = value;
              timer.cancel(false);
              return result;
            });
  }

  /** Failsafe's timeout that interrupts. */
  @Benchmark
  public int failsafe() {
    return failsafe.get(() -> value);
  }

  /** A future on a virtual thread, with a timeout. */
  @Benchmark
  public int completableFuture() {
    return CompletableFuture.supplyAsync(() -> value, Thread::startVirtualThread)
        .orTimeout(LONG.toSeconds(), TimeUnit.SECONDS)
        .join();
  }
}
