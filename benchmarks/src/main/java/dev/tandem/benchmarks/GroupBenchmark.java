package dev.tandem.benchmarks;

import dev.tandem.Task;
import dev.tandem.TaskGroup;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

/** A group with two children, whose results are added: what structure costs where it is small. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class GroupBenchmark {

  private int left = 1;
  private int right = 2;

  /** {@code TaskGroup.run}. */
  @Benchmark
  public int group() throws Exception {
    return TaskGroup.<Integer, Exception>run(
        group -> {
          Task<Integer> first = group.start("left", () -> left);
          Task<Integer> second = group.start("right", () -> right);
          return first.await() + second.await();
        });
  }

  /** Two bare virtual threads and a latch. */
  @Benchmark
  public int bareThreads() throws InterruptedException {
    var results = new int[2];
    var ended = new CountDownLatch(2);
    Thread.startVirtualThread(
        () -> {
          results[0] = left;
          ended.countDown();
        });
    Thread.startVirtualThread(
        () -> {
          results[1] = right;
          ended.countDown();
        });
    ended.await();
    return results[0] + results[1];
  }

  /** The same with a latch for each: what it takes to wait for one result and then the other. */
  @Benchmark
  public int bareThreadsEachAwaited() throws InterruptedException {
    var results = new int[2];
    var leftEnded = new CountDownLatch(1);
    var rightEnded = new CountDownLatch(1);
    Thread.startVirtualThread(
        () -> {
          results[0] = left;
          leftEnded.countDown();
        });
    Thread.startVirtualThread(
        () -> {
          results[1] = right;
          rightEnded.countDown();
        });
    leftEnded.await();
    rightEnded.await();
    return results[0] + results[1];
  }

  /** An executor as a scope. */
  @Benchmark
  public int executor() throws InterruptedException, ExecutionException {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> first = executor.submit(() -> left);
      Future<Integer> second = executor.submit(() -> right);
      return first.get() + second.get();
    }
  }

  /** Two futures on virtual threads, combined. */
  @Benchmark
  public int completableFuture() {
    return CompletableFuture.supplyAsync(() -> left, Thread::startVirtualThread)
        .thenCombine(
            CompletableFuture.supplyAsync(() -> right, Thread::startVirtualThread), Integer::sum)
        .join();
  }
}
