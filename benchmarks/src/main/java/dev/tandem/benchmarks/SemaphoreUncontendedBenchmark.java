package dev.tandem.benchmarks;

import dev.tandem.Action;
import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import dev.tandem.sync.AsyncSemaphore;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One task takes a permit that is free, and gives it back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SemaphoreUncontendedBenchmark {

  private static final int BATCH = 100_000;

  private final AsyncSemaphore gate = AsyncSemaphore.of(10);
  private final Semaphore fair = new Semaphore(10, true);
  private int count;

  /** A permit in try-with-resources. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void permit() throws InterruptedException {
    repeat(
        () -> {
          try (var permit = gate.acquire()) {
            count += permit.count();
          }
        });
  }

  /** {@code AsyncSemaphore.run}. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void run() throws InterruptedException {
    repeat(
        () ->
            gate.run(
                () -> {
                  count++;
                }));
  }

  /** The JDK's fair semaphore. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void jdkFair() throws InterruptedException {
    repeat(
        () -> {
          fair.acquire();
          try {
            count++;
          } finally {
            fair.release();
          }
        });
  }

  /** The same with what a task that can be cancelled needs: it looks for a cancellation first. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void jdkFairAfterLooking() throws InterruptedException {
    repeat(
        () -> {
          Tandem.checkpoint();
          fair.acquire();
          try {
            count++;
          } finally {
            fair.release();
          }
        });
  }

  /** The JDK's with what Tandem's permits have: whoever closes it gives back, and once. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void jdkFairToClose() throws InterruptedException {
    repeat(
        () -> {
          fair.acquire();
          try (var permit = new ToClose(fair)) {
            count += permit.count;
          }
        });
  }

  private static final class ToClose implements AutoCloseable {

    private final int count = 1;
    private final Semaphore semaphore;
    private final AtomicBoolean closed = new AtomicBoolean();

    ToClose(Semaphore semaphore) {
      this.semaphore = semaphore;
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        semaphore.release(count);
      }
    }
  }

  private static void repeat(Action<RuntimeException> turn) throws InterruptedException {
    TaskGroup.run(
        group -> {
          group.start(
              () -> {
                for (int i = 0; i < BATCH; i++) {
                  turn.run();
                }
              });
        });
  }
}
