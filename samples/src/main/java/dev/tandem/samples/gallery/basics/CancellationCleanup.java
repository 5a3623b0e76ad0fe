package dev.tandem.samples.gallery.basics;

import static dev.tandem.Tandem.shield;
import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.tandem.CancelledException;
import dev.tandem.Tandem;
import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.samples.gallery.Elapsed;
import dev.tandem.samples.gallery.Sample;
import java.time.Instant;

/**
 * A worker that is cancelled: it learns why, cleans up, and lets the cancellation go on. What must
 * wait while it cleans up is shielded, for a limited time.
 */
public final class CancellationCleanup implements Sample {

  @Override
  public void run() throws InterruptedException {
    TaskGroup.run(
        "shift",
        group -> {
          Instant start = Tandem.now();
          Task<?> worker = group.start("worker", () -> work(start));
          sleep(ofMillis(2500));
          worker.cancel("the shift is over");
          IO.println("asked to stop at " + Elapsed.since(start));
          IO.println("its outcome: " + worker.await(ofSeconds(5)).orElseThrow());
        });
  }

  private static void work(Instant start) throws InterruptedException {
    // asyncio:
    //   try:
    //       while True:
    //           await do_work()
    //   except asyncio.CancelledError:
    //       await cleanup()
    //       raise
    //
    // Tandem:
    try {
      while (true) {
        doWork(start);
      }
    } catch (CancelledException cancelled) {
      cleanUp(cancelled, start);
      throw cancelled;
    }
  }

  private static void doWork(Instant start) throws InterruptedException {
    sleep(ofSeconds(1));
    IO.println("a piece of work done at " + Elapsed.since(start));
  }

  private static void cleanUp(CancelledException cancelled, Instant start)
      throws InterruptedException {
    IO.println("cleaning up, because " + cancelled.cancellation());
    shield(
        ofSeconds(5),
        () -> {
          sleep(ofMillis(300));
          IO.println("cleaned up at " + Elapsed.since(start));
        });
  }
}
