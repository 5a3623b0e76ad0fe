package dev.tandem.benchmarks;

import dev.tandem.Action;
import dev.tandem.TaskGroup;
import dev.tandem.sync.AsyncSemaphore;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
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
 * Tasks that share a semaphore, in the shape of Kotlin's benchmark of its own: each takes a permit,
 * works a little, gives it back, works a little. All contenders run in tasks of the same group.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SemaphoreBenchmark {

  static final int BATCH = 100_000;
  private static final double WORK = 50;

  @Param({"1", "2", "4", "8", "32", "128", "100000"})
  private int permits;

  /** How many tasks; 0 for one on each processor. */
  @Param({"0", "1000"})
  private int coroutines;

  /** Permits in try-with-resources. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void permit() throws InterruptedException {
    var gate = AsyncSemaphore.of(permits);
    share(
        () -> {
          try (var permit = gate.acquire()) {
            work(permit.count());
          }
        });
  }

  /** {@code AsyncSemaphore.run}. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void run() throws InterruptedException {
    var gate = AsyncSemaphore.of(permits);
    share(
        () ->
            gate.run(
                () -> {
                  work(1);
                }));
  }

  /** The JDK's fair semaphore. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void jdkFair() throws InterruptedException {
    var gate = new Semaphore(permits, true);
    share(
        () -> {
          gate.acquire();
          try {
            work(1);
          } finally {
            gate.release();
          }
        });
  }

  private void share(Action<RuntimeException> turn) throws InterruptedException {
    int tasks = sharing(coroutines);
    int turns = BATCH / tasks;
    TaskGroup.run(
        group -> {
          for (int task = 0; task < tasks; task++) {
            group.start(
                () -> {
                  for (int i = 0; i < turns; i++) {
                    turn.run();
                    work(1);
                  }
                });
          }
        });
  }

  /** How many tasks share the semaphore. */
  static int sharing(int coroutines) {
    return coroutines == 0 ? Runtime.getRuntime().availableProcessors() : coroutines;
  }

  /** Work of a geometrically distributed length. */
  static void work(int times) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    double chance = times / WORK;
    double drawn = random.nextDouble();
    while (drawn >= chance) {
      drawn = random.nextDouble();
    }
  }
}
