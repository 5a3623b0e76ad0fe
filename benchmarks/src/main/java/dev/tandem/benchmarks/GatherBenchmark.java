package dev.tandem.benchmarks;

import dev.tandem.Tandem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Ten thousand items: gather against one virtual thread for each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class GatherBenchmark {

  private static final List<Integer> ITEMS = IntStream.range(0, 10_000).boxed().toList();

  /** How long an item sleeps: nothing, or long enough that all of them sleep at once. */
  @Param({"0", "1"})
  public int sleepMillis;

  /** {@code gather(items, work)}. */
  @Benchmark
  public List<Integer> gather() throws InterruptedException {
    return Tandem.gather(ITEMS, this::work);
  }

  /** A bare virtual thread for each item, and a latch: what a thread costs and nothing more. */
  @Benchmark
  public List<Integer> threadPerItem() throws InterruptedException {
    var results = new Integer[ITEMS.size()];
    var ended = new CountDownLatch(results.length);
    for (int i = 0; i < results.length; i++) {
      int index = i;
      Thread.startVirtualThread(
          () -> {
            try {
              results[index] = work(ITEMS.get(index));
            } catch (InterruptedException nobodyInterrupts) {
              throw new IllegalStateException(nobodyInterrupts);
            } finally {
              ended.countDown();
            }
          });
    }
    ended.await();
    return Arrays.asList(results);
  }

  /**
   * What threads cost that somebody is to find and to cancel: a set of those that run, what belongs
   * to each by its thread, and each started by the one before, as no other thread may be free to.
   */
  @Benchmark
  public List<Integer> foundThreads() throws InterruptedException {
    var chain = new FoundThreads();
    chain.start(0);
    chain.ended.await();
    return Arrays.asList(chain.results);
  }

  private final class FoundThreads {
    private final Integer[] results = new Integer[ITEMS.size()];
    private final CountDownLatch ended = new CountDownLatch(results.length);
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private final Map<Thread, Integer> states = new ConcurrentHashMap<>();

    private void start(int index) {
      Thread thread = Thread.ofVirtual().unstarted(() -> run(index));
      running.add(thread);
      thread.start();
    }

    private void run(int index) {
      Thread self = Thread.currentThread();
      states.put(self, index);
      try {
        if (index + 1 < results.length) {
          start(index + 1);
        }
        results[index] = work(ITEMS.get(index));
      } catch (InterruptedException nobodyInterrupts) {
        throw new IllegalStateException(nobodyInterrupts);
      } finally {
        states.remove(self);
        running.remove(self);
        ended.countDown();
      }
    }
  }

  /** The executor that starts a virtual thread for each item, results from its futures. */
  @Benchmark
  public List<Integer> executor() throws InterruptedException, ExecutionException {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> futures = new ArrayList<>(ITEMS.size());
      for (Integer item : ITEMS) {
        futures.add(executor.submit(() -> work(item)));
      }
      List<Integer> results = new ArrayList<>(futures.size());
      for (Future<Integer> future : futures) {
        results.add(future.get());
      }
      return results;
    }
  }

  /** Futures on virtual threads, for the common pool is no place for work that may block. */
  @Benchmark
  public List<Integer> completableFuture() {
    List<CompletableFuture<Integer>> futures = new ArrayList<>(ITEMS.size());
    for (Integer item : ITEMS) {
      futures.add(
          CompletableFuture.supplyAsync(() -> workUnchecked(item), Thread::startVirtualThread));
    }
    List<Integer> results = new ArrayList<>(futures.size());
    for (CompletableFuture<Integer> future : futures) {
      results.add(future.join());
    }
    return results;
  }

  private Integer workUnchecked(Integer item) {
    try {
      return work(item);
    } catch (InterruptedException nobodyInterrupts) {
      throw new IllegalStateException(nobodyInterrupts);
    }
  }

  private Integer work(Integer item) throws InterruptedException {
    if (sleepMillis > 0) {
      Thread.sleep(Duration.ofMillis(sleepMillis));
    }
    return item;
  }
}
