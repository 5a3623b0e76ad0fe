package dev.tandem.benchmarks.queues;

import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** Virtual threads that pass items on; each shape moves so many items from a put to a take. */
final class Shapes {

  private static final Integer ITEM = 63;

  private Shapes() {}

  /** One thread puts, another takes. */
  static void pair(Pipe pipe, int items) throws InterruptedException {
    var done = new CountDownLatch(1);
    start(() -> put(pipe, items));
    start(
        () -> {
          take(pipe, items);
          done.countDown();
        });
    done.await();
  }

  /** Each thread but the first and the last takes from one pipe and puts into the next. */
  static void chain(Supplier<Pipe> pipes, int length, int items) throws InterruptedException {
    var done = new CountDownLatch(1);
    Pipe first = pipes.get();
    start(() -> put(first, items));
    Pipe last = first;
    for (int i = 1; i < length; i++) {
      Pipe from = last;
      Pipe to = pipes.get();
      start(
          () -> {
            for (int n = 0; n < items; n++) {
              to.put(from.take());
            }
          });
      last = to;
    }
    Pipe end = last;
    start(
        () -> {
          take(end, items);
          done.countDown();
        });
    done.await();
  }

  /** Many pairs at once. */
  static void parallel(Supplier<Pipe> pipes, int pairs, int items) throws InterruptedException {
    var done = new CountDownLatch(pairs);
    for (int i = 0; i < pairs; i++) {
      Pipe pipe = pipes.get();
      start(() -> put(pipe, items));
      start(
          () -> {
            take(pipe, items);
            done.countDown();
          });
    }
    done.await();
  }

  private static void put(Pipe pipe, int items) throws InterruptedException {
    for (int i = 0; i < items; i++) {
      pipe.put(ITEM);
    }
  }

  private static void take(Pipe pipe, int items) throws InterruptedException {
    for (int i = 0; i < items; i++) {
      pipe.take();
    }
  }

  /** Something that waits, and is not interrupted. */
  interface Part {
    void run() throws InterruptedException;
  }

  static void start(Part part) {
    Thread.startVirtualThread(
        () -> {
          try {
            part.run();
          } catch (InterruptedException nobodyDoes) {
            throw new AssertionError(nobodyDoes);
          }
        });
  }
}
