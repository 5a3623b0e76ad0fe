package dev.tandem.benchmarks.queues;

import com.softwaremill.jox.Channel;
import dev.tandem.benchmarks.kotlin.KotlinShapes;
import dev.tandem.flow.AsyncQueue;
import dev.tandem.flow.Select;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

/** One thread takes, by select, what one or two others put into a rendezvous each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SelectBenchmark {

  static final int ITEMS = 100_000;

  private static final Integer ITEM = 63;

  /** Tandem, one clause. */
  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public void tandemOne() throws InterruptedException {
    AsyncQueue<Integer> queue = AsyncQueue.rendezvous();
    var select = Select.of(queue.taking());
    Shapes.start(() -> put(queue, ITEMS));
    taking(select::run);
  }

  /** Tandem, two clauses. */
  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public void tandemTwo() throws InterruptedException {
    AsyncQueue<Integer> one = AsyncQueue.rendezvous();
    AsyncQueue<Integer> other = AsyncQueue.rendezvous();
    var select = Select.of(one.taking(), other.taking());
    Shapes.start(() -> put(one, ITEMS / 2));
    Shapes.start(() -> put(other, ITEMS / 2));
    taking(select::run);
  }

  /** Jox, one clause. */
  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public void joxOne() throws InterruptedException {
    Channel<Integer> channel = Channel.newRendezvousChannel();
    Shapes.start(() -> send(channel, ITEMS));
    taking(() -> com.softwaremill.jox.Select.select(channel.receiveClause()));
  }

  /** Jox, two clauses. */
  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public void joxTwo() throws InterruptedException {
    Channel<Integer> one = Channel.newRendezvousChannel();
    Channel<Integer> other = Channel.newRendezvousChannel();
    Shapes.start(() -> send(one, ITEMS / 2));
    Shapes.start(() -> send(other, ITEMS / 2));
    taking(() -> com.softwaremill.jox.Select.select(one.receiveClause(), other.receiveClause()));
  }

  /** Kotlin, one clause. */
  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public void kotlinOne() {
    KotlinShapes.selectOne(ITEMS);
  }

  /** Kotlin, two clauses. */
  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public void kotlinTwo() {
    KotlinShapes.selectTwo(ITEMS);
  }

  private static void put(AsyncQueue<Integer> queue, int items) throws InterruptedException {
    for (int i = 0; i < items; i++) {
      queue.put(ITEM);
    }
  }

  private static void send(Channel<Integer> channel, int items) throws InterruptedException {
    for (int i = 0; i < items; i++) {
      channel.send(ITEM);
    }
  }

  private static void taking(Shapes.Part take) throws InterruptedException {
    var done = new CountDownLatch(1);
    Shapes.start(
        () -> {
          for (int i = 0; i < ITEMS; i++) {
            take.run();
          }
          done.countDown();
        });
    done.await();
  }
}
